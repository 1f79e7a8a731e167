import { instantToZoned, zonedToInstant } from '@/lib/zoned-time';
import { type AuditFilter, type Created, type Preset, presets, type TimeRange } from './audit-filter';

/**
 * Reads a range of times as the query writes it. Days and times without an offset are the reader's, in `zone`:
 *
 *   24h                      the last 24 hours, whenever it is looked at
 *   2026-11-01               that day; 2026-11-01T14:00 that minute
 *   2026-11-01..2026-11-07   from the beginning of one day to the end of the other; a time is an end itself
 *   2026-11-01..  ..2026-11-07  >=  >  <=  <   open at one end
 *
 * Undefined for anything else, and for a range that ends before it begins.
 */
export function parseTimeRange(text: string, zone: string): TimeRange | undefined {
  if (isPreset(text)) return { last: text };
  const [, operator = '', operand = ''] = /^(>=|<=|>|<)?(.*)$/s.exec(text) ?? [];
  const [first = '', second, ...rest] = operand.split('..');
  if (rest.length > 0) return undefined;
  if (operator === '' && second !== undefined) {
    return between(readMoment(first, zone), first, readMoment(second, zone, 'inclusive'), second);
  }
  const moment = second === undefined ? readMoment(first, zone) : undefined;
  if (!moment) return undefined;
  if (operator === '>=') return { from: moment.begin };
  if (operator === '>') return { from: moment.end };
  if (operator === '<') return { to: moment.begin };
  if (operator === '<=') return { to: moment.end };
  return { from: moment.begin, to: moment.end };
}

/** The shortest writing of a range that {@link parseTimeRange} reads as the same one in the same zone. */
export function printTimeRange(range: TimeRange, zone: string): string {
  if ('last' in range) return range.last;
  const { from, to } = range;
  const candidates = [...writings(from, zone)].flatMap((a) =>
    [...writings(to, zone)].map((b) => {
      if (to === undefined) return `>=${a}`;
      return from === undefined ? `<${b}` : `${a}..${b}`;
    }),
  );
  const same = candidates.find((text) => isSame(parseTimeRange(text, zone), range));
  return same ?? `${from?.toISOString() ?? ''}..${to?.toISOString() ?? ''}`;
}

/** The ends of a range at a moment: what a relative one means just now. */
export function resolveTimeRange(range: TimeRange, now: Date): { from?: Date; to?: Date } {
  return 'last' in range ? { from: new Date(now.getTime() - presets[range.last]) } : range;
}

/** The times in which events may lie; `without` is left out of them. */
export type Times = { from?: Date; to?: Date; without?: { from: Date; to: Date } };

/** Outside of a range that is open at one end is a range; outside of a closed one are two, with one between to leave out. */
export function resolveCreated(created: Created | undefined, now: Date): Times {
  if (!created) return {};
  const { from, to } = resolveTimeRange(created.range, now);
  if (!created.not) return { ...(from && { from }), ...(to && { to }) };
  if (from && to) return { without: { from, to } };
  return { ...(from && { to: from }), ...(to && { from: to }) };
}

/** Whether a filter asks for a time that is shorter than a preset, so that the preset may find more. */
export function isShorter({ created }: AuditFilter, preset: Preset, now = new Date()): boolean {
  if (!created || created.not) return false;
  const { from, to = now } = resolveTimeRange(created.range, now);
  return from !== undefined && to.getTime() - from.getTime() < presets[preset];
}

/**
 * An instant such as 2026-11-23T14:00, with seconds and an offset if need be; without one it is read in `zone`.
 * Undefined for what is not on the calendar, and for years that PostgreSQL and an address do not share.
 */
export function parseInstant(value: string, zone: string): Date | undefined {
  const offset = /(Z|[+-]\d{2}:\d{2})$/.exec(value)?.[0];
  const local = offset ? value.slice(0, -offset.length) : value;
  // Read in UTC it only has to be a day of the calendar: Date alone takes 31 February for 3 March.
  const instant = offset ? zonedToInstant(local, 'UTC') && new Date(value) : zonedToInstant(local, zone);
  if (!instant || Number.isNaN(instant.getTime())) return undefined;
  return /^[1-9]\d{3}-/.test(instant.toISOString()) ? instant : undefined;
}

export function isPreset(text: string): text is Preset {
  return Object.hasOwn(presets, text);
}

/** What a day or a time covers: [begin, end). */
type Moment = { begin: Date; end: Date };

/** The date some days after one of the calendar. */
function otherDay(date: string, days: number): string {
  const midnight = new Date(`${date.slice(0, 10)}T00:00Z`);
  midnight.setUTCDate(midnight.getUTCDate() + days);
  return midnight.toISOString().slice(0, 10);
}

/** `inclusive`: a day as the second end of a range is the end of that day; a time is that time. */
function readMoment(text: string, zone: string, as?: 'inclusive'): Moment | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const begin = parseInstant(`${text}T00:00`, zone);
    const end = begin && parseInstant(`${otherDay(text, 1)}T00:00`, zone);
    return begin && end && { begin: as ? end : begin, end };
  }
  const begin = parseInstant(text.replace(' ', 'T'), zone);
  return begin && { begin, end: new Date(begin.getTime() + precisionMs(text)) };
}

function precisionMs(text: string): number {
  if (/:\d{2}\.\d/.test(text)) return 1;
  return /T\d{2}:\d{2}:\d{2}/.test(text.replace(' ', 'T')) ? 1_000 : 60_000;
}

function between(
  from: Moment | undefined,
  fromText: string,
  to: Moment | undefined,
  toText: string,
): TimeRange | undefined {
  // An end that is written must be understood, and one must be.
  if ((fromText !== '' && !from) || (toText !== '' && !to) || !(from || to)) return undefined;
  if (from && to && from.begin >= to.begin) return undefined;
  return { ...(from && { from: from.begin }), ...(to && { to: to.begin }) };
}

/** Ways of writing an instant, the shortest first: a day, which as an end is the day before; a minute; all of it. */
function* writings(instant: Date | undefined, zone: string): Generator<string> {
  if (!instant) return yield '';
  const local = instantToZoned(instant, zone);
  yield local.slice(0, 10);
  yield otherDay(local, -1);
  yield local;
  yield instant.toISOString();
}

function isSame(a: TimeRange | undefined, b: { from?: Date; to?: Date }): boolean {
  return (
    a !== undefined &&
    !('last' in a) &&
    a.from?.getTime() === b.from?.getTime() &&
    a.to?.getTime() === b.to?.getTime()
  );
}
