import { Notice } from '@/components/ui/notice';
import type { ScanSummary } from '@/lib/scans/scan';
import { scheduleSentence } from '@/lib/scans/schedule/preview';

type ScanNoticeProps = {
  search: Record<string, string | string[] | undefined>;
  scans: readonly ScanSummary[];
};

/** What the form that led here has done. The address only names a scan and a word; the sentences are made here. */
export function ScanNotice({ search, scans }: ScanNoticeProps) {
  if (search.done === 'deleted') {
    return (
      <Notice tone="ok" announce title="The scan was deleted.">
        What it did stays in the audit log.
      </Notice>
    );
  }
  const scan = scans.find(({ id }) => id === search.scan);
  if (!scan) return null;
  const { name, activeRun, schedule } = scan;
  switch (search.done) {
    case 'created':
      return (
        <Notice tone="ok" announce title={`${name} was created.`}>
          Start it now, or give it a schedule.
        </Notice>
      );
    case 'started':
      // The page refreshes itself: once the run has ended, its state says more.
      return activeRun ? (
        <Notice tone="ok" announce title={`${name} was started.`}>
          A worker takes it up within seconds.
        </Notice>
      ) : null;
    case 'stopped':
      return (
        <Notice tone="ok" announce title={`${name} was stopped.`}>
          Nothing of that run is kept.
        </Notice>
      );
    case 'scheduled':
      return schedule ? (
        <Notice tone="ok" announce title="The schedule was saved.">
          {scheduleSentence(schedule.cron)}, {schedule.timeZone.replaceAll('_', ' ')}.
        </Notice>
      ) : null;
    case 'unscheduled':
      return (
        <Notice tone="ok" announce title="The schedule was removed.">
          {name} runs only when somebody starts it.
        </Notice>
      );
    default:
      return null;
  }
}
