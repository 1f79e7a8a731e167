import { Cron } from 'croner';

/** When a scan runs: a cron expression of five fields, read on the clock of an IANA time zone. */
export type Schedule = { readonly cron: string; readonly timeZone: string };

/** Why an expression cannot be used, and what to write instead. */
export type CronProblem = { readonly ok: false; readonly message: string; readonly hint: string };

/** A scan more often than this watches a target rather than checks it. */
export const minIntervalMinutes = 15;

const maxCronLength = 100;

/**
 * As many runs as it takes to see the shortest interval: with 15 minutes between runs a day has 96 at most, and what is
 * special about a day (its last run of the evening and the first of the next) shows within the first days that match.
 */
const runsLookedAt = 400;

/** For the expression alone, without a zone: UTC has no clock changes that would bend an interval. */
const neutralZone = 'UTC';

/**
 * Reads an expression of five fields: minute, hour, day of month, month, day of week, with lists, ranges, steps, names,
 * `L` (last) and `#` (nth weekday). Refuses what would never run, and what would run more often than every
 * {@link minIntervalMinutes} minutes.
 */
export function parseCron(typed: string): { ok: true; cron: string } | CronProblem {
  const fields = typed.trim().split(/\s+/);
  const cron = fields.join(' ');
  const example = 'For example 0 2 * * 1-5: at 02:00 from Monday to Friday.';
  if (cron === '') return refused('Enter a cron expression', example);
  if (fields.length !== 5) {
    return refused(
      'A cron expression has five fields',
      `Minute, hour, day of month, month, day of week. ${example}`,
    );
  }
  if (cron.length > maxCronLength) {
    return refused(`Cron expression is longer than ${maxCronLength} characters`, 'Shorten it.');
  }
  // Other signs mean different things in different crons.
  const strange = /[^\dA-Za-z*,/#\- ]/.exec(cron);
  if (strange) {
    return refused(
      `Cron expression contains ${strange[0]}`,
      'Use digits, names and the signs * , - / and #.',
    );
  }
  try {
    const runs = patternOf({ cron, timeZone: neutralZone }).nextRuns(runsLookedAt, new Date());
    return judge(cron, runs);
  } catch {
    return refused('This is not a cron expression', example);
  }
}

function judge(cron: string, runs: readonly Date[]): { ok: true; cron: string } | CronProblem {
  if (runs.length === 0) {
    return refused('No date matches this cron expression', 'Choose a day that exists in the month.');
  }
  const tooClose = runs.some((run, at) => {
    const before = runs[at - 1];
    return before !== undefined && run.getTime() - before.getTime() < minIntervalMinutes * 60_000;
  });
  if (tooClose) {
    return refused(
      `A scan can run every ${minIntervalMinutes} minutes at most`,
      `Leave at least ${minIntervalMinutes} minutes between two runs.`,
    );
  }
  return { ok: true, cron };
}

function refused(message: string, hint: string): CronProblem {
  return { ok: false, message, hint };
}

/** The next runs after an instant, at most `count`. Throws for a schedule that {@link parseCron} would have refused. */
export function nextRuns(schedule: Schedule, count: number, after: Date): Date[] {
  return patternOf(schedule).nextRuns(count, after);
}

/**
 * A run at fixed times of the day happens once on every day: at the first moment that exists when the clock leaps over it,
 * at the first of two when the clock goes back. Steps and wildcards go on at their interval instead.
 */
function patternOf({ cron, timeZone }: Schedule): Cron {
  return new Cron(cron, {
    timezone: timeZone,
    mode: '5-part',
    fixedTimeRule: 'no-wildcard',
    paused: true,
  });
}
