import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { scanPath } from '@/components/scans/scan-path';
import { Card, CardBody } from '@/components/ui/card';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { getScan } from '@/lib/scans/read-scans';
import { deleteScanAction } from '../../actions';
import { found } from '../../found';

export const metadata: Metadata = { title: 'Delete scan' };

export default servedPage(async function DeleteScanPage({ params }: { params: Promise<{ id: string }> }) {
  const { organization } = await requirePermission('scans.manage');
  const { id } = await params;
  const { name, schedule, activeRun, lastRun } = await found(getScan(organization.id, id));
  const hasRuns = activeRun !== null || lastRun !== null;
  return (
    <>
      <PageHeader title={`Delete ${name}`} />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          <Notice
            tone="warn"
            title={hasRuns ? 'Its results and its history are deleted too' : 'The scan is deleted'}
          >
            {activeRun && 'The run that is under way is stopped. '}
            {schedule && 'Its schedule ends. To keep the results, remove only the schedule. '}
            What was done with it stays in the audit log.
          </Notice>
          <ConfirmForm
            action={deleteScanAction}
            id={id}
            name={name}
            typed={hasRuns}
            label="Delete scan"
            pendingLabel="Deleting…"
            keep={{ href: scanPath(id), label: 'Keep it' }}
          />
        </CardBody>
      </Card>
    </>
  );
});
