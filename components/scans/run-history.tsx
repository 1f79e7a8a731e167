import Link from 'next/link';
import { GradeMark } from '@/components/scans/grade-mark';
import { RunStatusBadge } from '@/components/scans/run-status';
import { changeWords, findingsWords, starterWords } from '@/components/scans/run-words';
import { runPath, scanPath } from '@/components/scans/scan-path';
import { Card, CardHeader } from '@/components/ui/card';
import { Pagination } from '@/components/ui/pagination';
import { Time } from '@/components/ui/time';
import type { Page } from '@/lib/scans/page';
import type { RunSummary } from '@/lib/scans/scan';

type RunHistoryProps = {
  scanId: string;
  page: Page<RunSummary>;
  /** Whether there are newer runs than these. */
  later: boolean;
  zone: string;
};

/** A scan's runs, newest first: when, by whom, how it ended and what had changed. */
export function RunHistory({ scanId, page, later, zone }: RunHistoryProps) {
  return (
    <Card aria-labelledby="history">
      <CardHeader titleId="history" title="History" description="The last 200 runs are kept." />
      <ul className="divide-y divide-line">
        {page.rows.map((run) => (
          <HistoryItem key={run.id} scanId={scanId} run={run} zone={zone} />
        ))}
      </ul>
      {(page.next !== undefined || later) && (
        <Pagination
          label="History pages"
          newestHref={later ? scanPath(scanId) : undefined}
          olderHref={
            page.next === undefined ? undefined : scanPath(scanId, `?after=${encodeURIComponent(page.next)}`)
          }
        />
      )}
    </Card>
  );
}

function HistoryItem({ scanId, run, zone }: { scanId: string; run: RunSummary; zone: string }) {
  const changes = changeWords(run);
  return (
    <li className="grid min-h-11 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-4.5 py-2.5">
      <span className="flex flex-wrap items-center gap-x-3">
        <Link
          prefetch={false}
          href={runPath(scanId, run.id)}
          className="py-0.5 underline-offset-4 hover:underline"
        >
          <Time value={new Date(run.createdAt)} zone={zone} />
        </Link>
        <RunStatusBadge run={run} />
      </span>
      {run.grade ? <GradeMark grade={run.grade} /> : <span />}
      <span className="col-span-2 text-sm text-muted">
        Started {starterWords(run)}
        {run.findingCount !== null && `, ${findingsWords(run.findingCount)}`}
        {changes && `, ${changes}`}
        {run.reason && `. ${run.reason}`}
      </span>
    </li>
  );
}
