import { CalendarClock, ScrollText, Trash2 } from 'lucide-react';
import { logHref } from '@/components/audit/log-href';
import { scanPath } from '@/components/scans/scan-path';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card';
import { DefinitionList } from '@/components/ui/definition-list';
import { Time } from '@/components/ui/time';
import { only } from '@/lib/audit/filter/audit-filter';
import type { ScanSummary } from '@/lib/scans/scan';
import { scheduleSentence } from '@/lib/scans/schedule/preview';

type ScanFactsProps = { scan: ScanSummary; zone: string; mayManage: boolean; mayReadLog: boolean };

/** When a scan runs by itself, who made it and what for, and where to go about it. */
export function ScanFacts({ scan, zone, mayManage, mayReadLog }: ScanFactsProps) {
  const { id, description, createdByName, createdAt, schedule } = scan;
  return (
    <div className="grid min-w-0 gap-4">
      <Card aria-labelledby="schedule">
        <CardHeader titleId="schedule" title="Schedule" />
        <CardBody>
          {schedule ? (
            <>
              <p className="font-medium">{scheduleSentence(schedule.cron)}</p>
              <p className="text-muted">{schedule.timeZone.replaceAll('_', ' ')}</p>
              <p className="mt-1 text-muted">
                Next run{' '}
                <Time value={new Date(schedule.nextRunAt)} zone={zone} precision="minute" withOffset />
              </p>
            </>
          ) : (
            <p className="text-muted">None: it runs when somebody starts it.</p>
          )}
        </CardBody>
        {mayManage && (
          <CardFooter>
            <Button prefetch={false} href={scanPath(id, '/schedule')} icon={<CalendarClock />}>
              {schedule ? 'Change schedule' : 'Add schedule'}
            </Button>
          </CardFooter>
        )}
      </Card>
      <Card aria-labelledby="about">
        <CardHeader titleId="about" title="About" />
        <CardBody>
          {description && <p className="mb-2 whitespace-pre-line">{description}</p>}
          <DefinitionList
            items={[
              { term: 'Created', description: <Time value={new Date(createdAt)} zone={zone} show="date" /> },
              { term: 'By', description: createdByName || 'an API key' },
            ]}
          />
        </CardBody>
        {(mayReadLog || mayManage) && (
          <CardFooter>
            {mayReadLog && (
              <Button prefetch={false} href={logHref({ filter: { target: only(id) } })} icon={<ScrollText />}>
                View in audit log
              </Button>
            )}
            {mayManage && (
              <Button
                prefetch={false}
                href={scanPath(id, '/delete')}
                variant="ghost-danger"
                icon={<Trash2 />}
              >
                Delete scan
              </Button>
            )}
          </CardFooter>
        )}
      </Card>
    </div>
  );
}
