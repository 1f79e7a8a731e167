import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ScheduleForm } from '@/components/scans/schedule-form';
import { Card, CardHeader } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { SubmitButton } from '@/components/ui/submit-button';
import { requirePermission } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';
import { getScan } from '@/lib/scans/read-scans';
import { minIntervalMinutes } from '@/lib/scans/schedule/cron';
import { pickerOf } from '@/lib/scans/schedule/picker';
import { previewSchedule } from '@/lib/scans/schedule/preview';
import { scheduleScanAction, unscheduleScanAction } from '../../actions';
import { found } from '../../found';

export const metadata: Metadata = { title: 'Schedule' };

export default servedPage(async function SchedulePage({ params }: { params: Promise<{ id: string }> }) {
  const { organization } = await requirePermission('scans.manage');
  const { id } = await params;
  const { name, schedule } = await found(getScan(organization.id, id));
  const zone = schedule?.timeZone ?? (await timeZone());
  return (
    <>
      <PageHeader
        title={`Schedule of ${name}`}
        description={`Every ${minIntervalMinutes} minutes at most. What a server that is switched off misses becomes one run when it is back.`}
      />
      <div className="grid gap-4">
        <ScheduleForm
          action={scheduleScanAction}
          id={id}
          initial={{ ...pickerOf(schedule?.cron), timeZone: zone }}
          zones={[...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), zone])]}
          current={schedule ? previewSchedule(schedule) : undefined}
        />
        {schedule && (
          <Card className="max-w-160" aria-labelledby="remove">
            <CardHeader
              titleId="remove"
              title="Remove schedule"
              description="The scan then runs only when somebody starts it. Its results stay."
              actions={
                <form action={unscheduleScanAction}>
                  <input type="hidden" name="id" value={id} />
                  <SubmitButton variant="secondary" pendingLabel="Removing…">
                    Remove schedule
                  </SubmitButton>
                </form>
              }
            />
          </Card>
        )}
      </div>
    </>
  );
});
