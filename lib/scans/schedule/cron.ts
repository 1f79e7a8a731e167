import { Cron } from 'croner';

/** When a scan runs: a cron expression of five fields, read on the clock of an IANA time zone. */
export type Schedule = { readonly cron: string; readonly timeZone: string };

/** Why an expression cannot be used, and what to write instead. */
export type CronProblem = { readonly ok: false; readonly message: string; readonly hint: string };

/** A scan more often than this watches a target rather than checks it. */
export const minIntervalMinutes = 15;

const maxCronLength = 100;

const minIntervalMs = minIntervalMinutes * 60_000;
const dayMs = 24 * 60 * 60_000;

/** How far it is looked for two days in a row: as many days that match, and as many years as may pass between leap days. */
const daysLookedAt = 400;
const yearsLookedAt = 9;

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
    return judge(cron);
  } catch {
    return refused('This is not a cron expression', example);
  }
}

function judge(cron: string): { ok: true; cron: string } | CronProblem {
  const pattern = patternOf({ cron, timeZone: neutralZone });
  const first = pattern.nextRun(new Date());
  if (!first) {
    return refused('No date matches this cron expression', 'Choose a day that exists in the month.');
  }
  if (isTooOften(pattern, first)) {
    return refused(
      `A scan can run every ${minIntervalMinutes} minutes at most`,
      `Leave at least ${minIntervalMinutes} minutes between two runs.`,
    );
  }
  return { ok: true, cron };
}

/** Every day that matches has the same times, so one of them tells; but for the night between two such days in a row. */
function isTooOften(pattern: Cron, first: Date): boolean {
  const midnight = first.getTime() - (first.getTime() % dayMs);
  const begin = pattern.nextRun(new Date(midnight - 1))?.getTime() ?? first.getTime();
  let last = begin;
  for (const run of runsUntil(pattern, begin, midnight + dayMs)) {
    if (run - last < minIntervalMs) return true;
    last = run;
  }
  return begin + dayMs - last < minIntervalMs && hasDaysInARow(pattern, midnight);
}

function hasDaysInARow(pattern: Cron, from: number): boolean {
  const [, , ...dayFields] = pattern.getPattern()?.split(' ') ?? [];
  const days = patternOf({ cron: ['0 0', ...dayFields].join(' '), timeZone: neutralZone });
  let last = from;
  let looked = 0;
  for (const day of runsUntil(days, from, from + yearsLookedAt * 366 * dayMs)) {
    if (day - last === dayMs) return true;
    if (++looked === daysLookedAt) return false;
    last = day;
  }
  return false;
}

/** The runs after an instant and before another, in milliseconds. */
function* runsUntil(pattern: Cron, after: number, end: number): Generator<number> {
  for (let run = pattern.nextRun(new Date(after)); run && run.getTime() < end; run = pattern.nextRun(run)) {
    yield run.getTime();
  }
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
