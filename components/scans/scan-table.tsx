import Link from 'next/link';
import { GradeMark } from '@/components/scans/grade-mark';
import { type RunAction, RunButton } from '@/components/scans/run-button';
import { RunProgress, RunStatusBadge } from '@/components/scans/run-status';
import { changeWords, findingsWords } from '@/components/scans/run-words';
import { runPath, scanPath } from '@/components/scans/scan-path';
import { classNames } from '@/components/ui/class-names';
import { Code } from '@/components/ui/code';
import { Time } from '@/components/ui/time';
import type { RunSummary, ScanSummary } from '@/lib/scans/scan';
import { scheduleSentence } from '@/lib/scans/schedule/preview';

type ScanTableProps = {
  scans: readonly ScanSummary[];
  zone: string;
  /** Absent for readers who may not change anything. */
  action?: RunAction | undefined;
};

const head = 'px-3 py-2.5 text-xs font-semibold text-muted first:pl-4.5 last:pr-4.5';
const cell = 'min-w-0 align-middle @2xl:px-3 @2xl:py-2 @2xl:first:pl-4.5 @2xl:last:pr-4.5';

/** The scans by name: a table, and where there is no room for it one card for each in the same order. */
export function ScanTable({ scans, zone, action }: ScanTableProps) {
  return (
    <div className="@container">
      <table className="block w-full border-collapse text-left @2xl:table @2xl:table-fixed">
        <caption className="sr-only">Scans by name</caption>
        <thead className="sr-only @2xl:not-sr-only @2xl:table-header-group">
          <tr>
            <th scope="col" className={classNames(head, '@2xl:w-[32%]')}>
              Name
            </th>
            <th scope="col" className={classNames(head, '@2xl:w-38')}>
              Status
            </th>
            <th scope="col" className={head}>
              Last run
            </th>
            <th scope="col" className={classNames(head, '@2xl:hidden @4xl:table-cell')}>
              Schedule
            </th>
            {action && (
              <th scope="col" className={classNames(head, '@2xl:w-26')}>
                Actions
              </th>
            )}
          </tr>
        </thead>
        <tbody className="block @2xl:table-row-group">
          {scans.map((scan) => (
            <ScanRow key={scan.id} scan={scan} zone={zone} action={action} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ScanRow({ scan, zone, action }: Omit<ScanTableProps, 'scans'> & { scan: ScanSummary }) {
  const { id, name, targetUrl, activeRun, lastRun, schedule } = scan;
  return (
    <tr className="grid gap-y-2 border-t border-line px-4.5 py-3 @2xl:table-row @2xl:h-12 @2xl:p-0">
      <td className={cell}>
        <Link
          prefetch={false}
          href={scanPath(id)}
          className="font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
        >
          {name}
        </Link>
        <Code className="block text-muted @2xl:truncate">{targetUrl}</Code>
      </td>
      <td className={cell}>
        <RunStatusBadge run={activeRun ?? lastRun} />
        {activeRun?.status === 'running' && <RunProgress run={activeRun} of={name} />}
      </td>
      <td className={classNames(cell, !lastRun && '@max-2xl:hidden')}>
        {lastRun ? <LastRun scanId={id} run={lastRun} zone={zone} /> : <span className="text-muted">–</span>}
      </td>
      <td className={classNames(cell, 'text-sm @2xl:hidden @4xl:table-cell')}>
        {schedule ? (
          <>
            {scheduleSentence(schedule.cron)}
            <span className="block text-xs text-muted">{schedule.timeZone.replaceAll('_', ' ')}</span>
          </>
        ) : (
          <span className="text-muted">
            <span className="@2xl:hidden">Without a schedule</span>
            <span className="@max-2xl:hidden">None</span>
          </span>
        )}
      </td>
      {action && (
        <td className={cell}>
          <RunButton action={action} does={activeRun ? 'stop' : 'start'} id={id} name={name} back="list" />
        </td>
      )}
    </tr>
  );
}

function LastRun({ scanId, run, zone }: { scanId: string; run: RunSummary; zone: string }) {
  const changes = changeWords(run);
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      {run.grade && <GradeMark grade={run.grade} />}
      <span className="min-w-0">
        <Link
          prefetch={false}
          href={runPath(scanId, run.id)}
          className="inline-block underline-offset-4 hover:underline"
        >
          <Time value={new Date(run.finishedAt ?? run.createdAt)} zone={zone} precision="minute" />
        </Link>
        <span className="block text-xs text-muted @2xl:truncate">
          {run.findingCount === null ? run.reason : findingsWords(run.findingCount)}
          {changes && `, ${changes}`}
        </span>
      </span>
    </span>
  );
}
