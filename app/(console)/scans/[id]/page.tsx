import { Radar } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { Findings } from '@/components/scans/findings';
import { RunButton } from '@/components/scans/run-button';
import { RunHistory } from '@/components/scans/run-history';
import { RunState } from '@/components/scans/run-state';
import { statusSentence } from '@/components/scans/run-words';
import { ScanFacts } from '@/components/scans/scan-facts';
import { ScanNotice } from '@/components/scans/scan-notice';
import { scanPath } from '@/components/scans/scan-path';
import { AutoRefresh } from '@/components/siem/auto-refresh';
import { Card } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { formatTime } from '@/lib/format-time';
import { getRun, listRuns } from '@/lib/scans/read-runs';
import { getScan } from '@/lib/scans/read-scans';
import { startOrStopScanAction } from '../actions';
import { found } from '../found';

export const metadata: Metadata = { title: 'Scan' };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const runsOfAPage = 10;

export default servedPage(async function ScanPage({ params, searchParams }: Props) {
  const { organization, user } = await requirePermission('scans.read');
  const [{ id }, search, zone] = await Promise.all([params, searchParams, timeZone()]);
  const scan = await found(getScan(organization.id, id));
  const { name, targetUrl, activeRun, lastRun, lastFinished } = scan;
  const cursor = typeof search.after === 'string' ? search.after : undefined;
  const [history, finished] = await Promise.all([
    found(listRuns(organization.id, id, { size: runsOfAPage, cursor })),
    lastFinished && found(getRun(organization.id, id, lastFinished.id)),
  ]);
  const mayManage = can(user.role, 'scans.manage');
  const latest = activeRun ?? lastRun;

  return (
    <>
      <PageHeader
        title={name}
        description={<Code>{targetUrl}</Code>}
        actions={
          mayManage && (
            <RunButton
              action={startOrStopScanAction}
              does={activeRun ? 'stop' : 'start'}
              id={id}
              name={name}
              back="scan"
              primary={!activeRun}
            />
          )
        }
      />
      <p role="status" className="sr-only">
        {statusSentence(name, latest)}
      </p>
      <div className="grid gap-4">
        <ScanNotice search={search} scans={[scan]} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <div className="grid min-w-0 gap-4">
            {latest ? (
              <RunState run={latest} name={name} zone={zone} />
            ) : (
              <Card aria-label="State">
                <EmptyState icon={<Radar />} title="This scan has never run">
                  {mayManage
                    ? 'Start it: the first results are here within seconds.'
                    : 'Its results will be here once an admin has started it.'}
                </EmptyState>
              </Card>
            )}
            {activeRun && (
              <AutoRefresh
                asOf={formatTime(new Date(), zone)}
                href={scanPath(id)}
                periodMs={2_000}
                pausable
              />
            )}
            {finished?.report && (
              <Findings
                report={finished.report}
                title={finished.id === latest?.id ? 'Findings' : 'Findings of the last finished run'}
              />
            )}
            {history.rows.length > 0 && (
              <RunHistory
                scanId={id}
                page={history}
                later={cursor !== undefined && !history.cursorRefused}
                zone={zone}
              />
            )}
          </div>
          <ScanFacts
            scan={scan}
            zone={zone}
            mayManage={mayManage}
            mayReadLog={can(user.role, 'audit_log.read')}
          />
        </div>
      </div>
    </>
  );
});
