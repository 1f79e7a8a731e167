/**
 * Instants as text in an IANA time zone. Pure and the same on server and client, so hydration never changes a time.
 * Months are named here and digits come from Intl: its own short dates differ between ICU versions ("Sep", "Sept").
 */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** How much of the clock is shown. */
export type Precision = 'minute' | 'second' | 'millisecond';

type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string> & {
  millisecond: string;
};

const formatters = new Map<string, Intl.DateTimeFormat>();

// Making a formatter costs about 50 times as much as using it, and a page of the log uses one hundreds of times.
function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}

function partsOf(instant: Date, zone: string): Parts {
  const parts = { year: '', month: '', day: '', hour: '', minute: '', second: '' };
  for (const { type, value } of formatterFor(zone).formatToParts(instant)) {
    if (type in parts) parts[type as keyof typeof parts] = value;
  }
  return { ...parts, millisecond: String(instant.getUTCMilliseconds()).padStart(3, '0') };
}

/** `14:02`, `14:02:11` or `14:02:11.402`. */
export function formatTime(instant: Date, zone: string, precision: Precision = 'second'): string {
  const { hour, minute, second, millisecond } = partsOf(instant, zone);
  if (precision === 'minute') return `${hour}:${minute}`;
  return precision === 'second'
    ? `${hour}:${minute}:${second}`
    : `${hour}:${minute}:${second}.${millisecond}`;
}

/** `23 Nov 2026`. */
export function formatDate(instant: Date, zone: string): string {
  const { year, month, day } = partsOf(instant, zone);
  return `${Number(day)} ${months[Number(month) - 1]} ${year}`;
}

/** `23 Nov 2026 14:02:11`. */
export function formatDateTime(instant: Date, zone: string, precision: Precision = 'second'): string {
  return `${formatDate(instant, zone)} ${formatTime(instant, zone, precision)}`;
}

/** Minutes the zone is ahead of UTC at that instant, which summer time changes. */
export function offsetMinutes(instant: Date, zone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(instant, zone);
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return Math.round((wall - Math.floor(instant.getTime() / 1000) * 1000) / 60_000);
}

/** `+01:00`, `-03:30`, `+00:00`: after a date and time, as in ISO 8601. */
export function formatOffset(instant: Date, zone: string): string {
  const offset = offsetMinutes(instant, zone);
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** What a column of times is headed with: `UTC`, `UTC+1`, `UTC-3:30`. */
export function formatZone(instant: Date, zone: string): string {
  const offset = offsetMinutes(instant, zone);
  if (offset === 0) return 'UTC';
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const rest = minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`;
  return `UTC${offset < 0 ? '-' : '+'}${hours}${rest}`;
}

/**
 * What a column of these instants is headed with: the offset they share, or the name of the zone where its clock was changed
 * between them (`Europe/Berlin`), because one offset would be wrong for some.
 */
export function formatSharedZone(instants: readonly Date[], zone: string): string {
  return haveSharedOffset(instants, zone)
    ? formatZone(instants[0] ?? new Date(), zone)
    : zone.replaceAll('_', ' ');
}

/** Whether the zone's clock was not changed between these instants. */
export function haveSharedOffset(instants: readonly Date[], zone: string): boolean {
  return new Set(instants.map((instant) => offsetMinutes(instant, zone))).size <= 1;
}

/**
 * The zone's name in its proper spelling (`europe/berlin` is `Europe/Berlin`), or undefined when this runtime does not
 * know it. Node 20 calls some cities by former names (Asia/Calcutta, Europe/Kiev); the name that was chosen stays.
 */
export function canonicalTimeZone(name: string): string | undefined {
  // Bare offsets such as "+01:00" are zones to newer runtimes only, and say nothing about summer time.
  if (name.length > 64 || !/^[A-Za-z]/.test(name)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions();
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch {
    return undefined;
  }
}
