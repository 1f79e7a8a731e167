import { formatDate, formatTime } from '@/lib/format-time';

type Span = { from: Date; to: Date };

/** The span of a bar as the reader calls it: "23 Nov 2026 14:00 – 14:30", "23 Nov 2026", "16 Nov 2026 – 22 Nov 2026". */
export function bucketWords({ from, to }: Span, zone: string): string {
  const isMidnight = (at: Date) => formatTime(at, zone, 'millisecond') === '00:00:00.000';
  if (isMidnight(from) && isMidnight(to)) {
    const [first, last] = [formatDate(from, zone), formatDate(new Date(+to - 1), zone)];
    return first === last ? first : `${first} – ${last}`;
  }
  const precision = +to - +from < 60_000 ? 'second' : 'minute';
  return `${formatDate(from, zone)} ${formatTime(from, zone, precision)} – ${formatTime(to, zone, precision)}`;
}
