import cronstrue from 'cronstrue';
import { formatDateTime, formatOffset } from '@/lib/format-time';
import { clockChangeNotes } from '@/lib/scans/schedule/clock-changes';
import { nextRuns, type Schedule } from '@/lib/scans/schedule/cron';

const runsShown = 3;

/** A schedule in words, on the clock of its own zone. Plain data. */
export type SchedulePreview = {
  /** "At 02:00, only on Monday". */
  readonly sentence: string;
  readonly timeZone: string;
  /** "Mon 30 Nov 2026 02:00 (+01:00)". */
  readonly runs: readonly string[];
  /** What the clock changes of the coming year mean for it. */
  readonly notes: readonly string[];
};

/** What a schedule means from now on. For a schedule that lib/scans/schedule-scan.ts accepts. */
export function previewSchedule(schedule: Schedule, now = new Date()): SchedulePreview {
  return {
    sentence: scheduleSentence(schedule.cron),
    timeZone: schedule.timeZone,
    runs: nextRuns(schedule, runsShown, now).map((run) => runWords(run, schedule.timeZone)),
    notes: clockChangeNotes(schedule, now),
  };
}

/** A cron expression as a plain sentence; the expression itself where there are no words for it. */
export function scheduleSentence(cron: string): string {
  try {
    return cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: true });
  } catch {
    return cron;
  }
}

function runWords(run: Date, timeZone: string): string {
  const weekday = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short' }).format(run);
  return `${weekday} ${formatDateTime(run, timeZone, 'minute')} (${formatOffset(run, timeZone)})`;
}
