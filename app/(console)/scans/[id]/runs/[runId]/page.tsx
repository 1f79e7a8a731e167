import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { Findings } from '@/components/scans/findings';
import { RunState } from '@/components/scans/run-state';
import { runPath, scanPath } from '@/components/scans/scan-path';
import { Visits } from '@/components/scans/visits';
import { AutoRefresh } from '@/components/siem/auto-refresh';
import { Button } from '@/components/ui/button';
import { Code } from '@/components/ui/code';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';
import { formatDateTime, formatTime } from '@/lib/format-time';
import { getRun } from '@/lib/scans/read-runs';
import { getScan } from '@/lib/scans/read-scans';
import { isActive } from '@/lib/scans/scan';
import { found } from '../../../found';

export const metadata: Metadata = { title: 'Run' };

type Props = { params: Promise<{ id: string; runId: string }> };

export default servedPage(async function RunPage({ params }: Props) {
  const { organization } = await requirePermission('scans.read');
  const [{ id, runId }, zone] = await Promise.all([params, timeZone()]);
  const [{ name, targetUrl }, run] = await Promise.all([
    found(getScan(organization.id, id)),
    found(getRun(organization.id, id, runId)),
  ]);
  return (
    <>
      <PageHeader
        title={`Run of ${formatDateTime(new Date(run.createdAt), zone)}`}
        description={
          <>
            {name} <Code className="block">{targetUrl}</Code>
          </>
        }
        actions={
          <>
            <Button href={scanPath(id)}>All of {name}</Button>
            {run.report && (
              <Button href={runPath(id, runId, '/export')} download icon={<Download />}>
                Export as JSON
              </Button>
            )}
          </>
        }
      />
      <div className="grid max-w-230 gap-4">
        <RunState run={run} name={name} zone={zone} />
        {isActive(run) && (
          <AutoRefresh
            asOf={formatTime(new Date(), zone)}
            href={runPath(id, runId)}
            periodMs={2_000}
            pausable
          />
        )}
        {run.report && (
          <>
            <Findings report={run.report} title="Findings" />
            <Visits visits={run.report.visits} />
          </>
        )}
      </div>
    </>
  );
});
