import type { TimeRange } from '@/lib/siem/replay/replay-range';
import { instantToZoned, zonedToInstant } from '@/lib/zoned-time';

const dayMs = 86_400_000;
const minuteMs = 60_000;

export type TimeProblem = { readonly field: 'from' | 'to'; readonly message: string; readonly hint: string };

/** A range as an address or a form gives it: both ends as wall-clock times of a zone. */
export type TypedTimes = { readonly from: string; readonly to: string };

export type ReadTimes = { readonly range?: TimeRange; readonly problems: readonly TimeProblem[] };

/** Reads both ends, or says of each what is wrong. The end is not included. */
export function readTimes({ from, to }: TypedTimes, zone: string): ReadTimes {
  const [first, last] = [readTime(from, zone), readTime(to, zone)];
  if (!first || !last) {
    const wrong: TimeProblem[] = [];
    if (!first) wrong.push(notATime('from', zone));
    if (!last) wrong.push(notATime('to', zone));
    return { problems: wrong };
  }
  if (first >= last) {
    const hint = 'Choose a later time.';
    return { problems: [{ field: 'to', message: 'The end is not after the beginning', hint }] };
  }
  return { range: { from: first, to: last }, problems: [] };
}

/** Whether the database can compare with it: it has no year 0. */
export function isUsable(instant: Date): boolean {
  return !Number.isNaN(instant.getTime()) && /^[1-9]\d{3}-/.test(instant.toISOString());
}

function readTime(local: string, zone: string): Date | undefined {
  const instant = zonedToInstant(local, zone);
  return instant && isUsable(instant) ? instant : undefined;
}

/** The last 24 hours, up to the end of the present minute. */
export function lastDay(now: Date, zone: string): TypedTimes {
  return {
    from: instantToZoned(new Date(now.getTime() - dayMs), zone),
    to: instantToZoned(new Date(now.getTime() + minuteMs), zone),
  };
}

function notATime(field: TimeProblem['field'], zone: string): TimeProblem {
  return {
    field,
    message: field === 'from' ? 'Enter when the range begins' : 'Enter when the range ends',
    hint: `Write it like 2026-11-23T14:00, in the time of ${zone}.`,
  };
}
