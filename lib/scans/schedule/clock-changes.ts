import { formatDate, formatTime, offsetMinutes } from '@/lib/format-time';
import { nextRuns, type Schedule } from '@/lib/scans/schedule/cron';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A year and a day: every clock change of a zone once. */
const daysAhead = 366;

/** More times a day than an interval of 15 minutes allows. */
const runsOfADay = 100;

/** The moment at which a zone's clock leaps, from one offset in minutes to another. */
type Leap = { readonly at: Date; readonly from: number; readonly to: number };

/**
 * What the clock changes of the coming year mean for a schedule, one sentence for each that hits one of its times. A time
 * that is leapt over starts at the first moment after it, or is left out by a schedule of intervals; one that comes twice
 * starts at the first, or at both.
 */
export function clockChangeNotes(schedule: Schedule, after: Date): string[] {
  return leapsOf(schedule.timeZone, after).flatMap((leap) => noteOf(schedule, leap) ?? []);
}

function noteOf(schedule: Schedule, { at, from, to }: Leap): string | undefined {
  const skipped = to > from;
  // On the wall, as if the zone were UTC: there croner knows no leap, and finds the times that the expression means.
  const start = at.getTime() + Math.min(from, to) * minuteMs;
  const end = at.getTime() + Math.max(from, to) * minuteMs;
  const onTheWall = nextRuns({ ...schedule, timeZone: 'UTC' }, runsOfADay, new Date(start - 1_000));
  const hit = onTheWall.filter((wall) => wall.getTime() < end);
  if (hit.length === 0) return undefined;

  const times = hit.map((wall) => formatTime(wall, 'UTC', 'minute')).join(', ');
  const day = formatDate(new Date(start), 'UTC');
  const atIntervals = /[*/]/.test(schedule.cron.split(' ', 2).join(' '));
  const lead = `On ${day}, ${times}`;
  const { timeZone } = schedule;
  if (skipped && atIntervals) return `${lead} does not exist in ${timeZone}; that run is left out.`;
  if (skipped) {
    return `${lead} does not exist in ${timeZone}; the run starts at ${formatTime(at, timeZone, 'minute')}.`;
  }
  return `${lead} comes twice in ${timeZone}; ${atIntervals ? 'a run starts at each' : 'the run starts at the first'}.`;
}

function leapsOf(timeZone: string, after: Date): Leap[] {
  const leaps: Leap[] = [];
  for (let day = 0; day < daysAhead; day++) {
    const begin = after.getTime() + day * dayMs;
    const from = offsetMinutes(new Date(begin), timeZone);
    const to = offsetMinutes(new Date(begin + dayMs), timeZone);
    if (from !== to) leaps.push({ at: findLeap(timeZone, begin, from), from, to });
  }
  return leaps;
}

/** The first whole minute of the day after `begin` that has another offset. */
function findLeap(timeZone: string, begin: number, from: number): Date {
  let [low, high] = [Math.floor(begin / minuteMs), Math.ceil((begin + dayMs) / minuteMs)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMinutes(new Date(middle * minuteMs), timeZone) === from) low = middle;
    else high = middle;
  }
  return new Date(high * minuteMs);
}
