import { instantToZoned, zonedToInstant } from '@/lib/zoned-time';
import type { Times } from '../filter/time-range';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Widths of a bucket. The short ones are the same everywhere; the long ones begin with an hour, a day, a month there. */
const shortSteps = [1, 2, 5, 10, 15, 30]
  .map((n) => n * secondMs)
  .concat([1, 2, 5, 10, 15, 30, 60].map((n) => n * minuteMs));
const longSteps = [
  { hours: 2 },
  { hours: 3 },
  { hours: 6 },
  { hours: 12 },
  { days: 1 },
  { days: 2 },
  { days: 7 },
  { months: 1 },
  { months: 3 },
  { months: 12 },
  { months: 60 },
  { months: 600 },
] as const;
type LongStep = { hours: number } | { days: number } | { months: number };

/**
 * The borders of about 60 buckets that cover [from, to): round times in the reader's zone, so that a bar is an hour or a
 * day as the reader knows it. The first border is at or before `from`, the last at or after `to`.
 */
export function bucketBorders(from: Date, to: Date, zone: string, most = 60): Date[] {
  const lengthMs = Math.max(to.getTime() - from.getTime(), secondMs);
  const short = shortSteps.find((stepMs) => lengthMs / stepMs <= most);
  if (short !== undefined) return evenBorders(from, to, short, zone);
  const long = longSteps.find((step) => lengthMs / roughMs(step) <= most) ?? { months: 600 };
  return calendarBorders(from, to, long, zone);
}

/**
 * The same borders for what was asked: they begin and end where it does, and none of the buckets lies partly in what was
 * left out. So a bucket holds what its link shows.
 */
export function fitBorders(borders: readonly Date[], { from, to, without }: Times): Date[] {
  const isWithin = (at: Date) =>
    borders.some((border) => border <= at) && borders.some((border) => border >= at);
  const isAsked = (at: Date) => (!from || at >= from) && (!to || at <= to);
  const ends = [from, to, without?.from, without?.to].flatMap((end) => end ?? []).filter(isWithin);
  const instants = new Set([...borders, ...ends].filter(isAsked).map(Number));
  return [...instants].sort((a, b) => a - b).map((at) => new Date(at));
}

function roughMs(step: LongStep): number {
  if ('hours' in step) return step.hours * hourMs;
  return 'days' in step ? step.days * dayMs : step.months * 30 * dayMs;
}

/** Zones differ from UTC by whole minutes, so only steps of more than one minute depend on the zone at all. */
function evenBorders(from: Date, to: Date, stepMs: number, zone: string): Date[] {
  const offsetMs =
    Date.parse(`${instantToZoned(from, zone)}Z`) - Math.floor(from.getTime() / minuteMs) * minuteMs;
  const begin = Math.floor((from.getTime() + offsetMs) / stepMs) * stepMs - offsetMs;
  const count = Math.ceil((to.getTime() - begin) / stepMs);
  return Array.from({ length: count + 1 }, (_, n) => new Date(begin + n * stepMs));
}

/** Steps on the calendar of the zone. A night in which the clocks change makes one bucket longer or shorter. */
function calendarBorders(from: Date, to: Date, step: LongStep, zone: string): Date[] {
  const borders: Date[] = [];
  for (let local = floor(instantToZoned(from, zone), step); ; local = advance(local, step)) {
    const border = zonedToInstant(local.toISOString().slice(0, 16), zone);
    const previous = borders.at(-1);
    // An hour that summer time skips has no border of its own.
    if (border && (!previous || border > previous)) borders.push(border);
    if (border && border >= to) return borders;
  }
}

/** Wall-clock times as if they were UTC. */
function floor(local: string, step: LongStep): Date {
  const [year = 0, month = 1] = local.split(/[-T]/).map(Number);
  if ('months' in step) {
    const months = Math.floor((year * 12 + month - 1) / step.months) * step.months;
    return new Date(Date.UTC(Math.floor(months / 12), months % 12));
  }
  const wallMs = Date.parse(`${local}Z`);
  if ('hours' in step) return new Date(Math.floor(wallMs / (step.hours * hourMs)) * step.hours * hourMs);
  // Weeks begin on Monday; 5 January 1970 was one.
  const origin = step.days === 7 ? 4 * dayMs : 0;
  return new Date(Math.floor((wallMs - origin) / (step.days * dayMs)) * step.days * dayMs + origin);
}

function advance(local: Date, step: LongStep): Date {
  const next = new Date(local);
  if ('months' in step) next.setUTCMonth(next.getUTCMonth() + step.months);
  else next.setTime(next.getTime() + ('hours' in step ? step.hours * hourMs : step.days * dayMs));
  return next;
}
