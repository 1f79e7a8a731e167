import { offsetMinutes } from '@/lib/format-time';

/**
 * The instant of a wall-clock time such as "2026-11-23T14:00" in an IANA zone; undefined when it is not one. A time that
 * daylight saving repeats is its first occurrence; one that it skips moves forward by the size of the gap.
 */
export function zonedToInstant(local: string, zone: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/.test(local)) return undefined;
  const asUtc = new Date(`${local}Z`);
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(local.slice(0, 16))) return undefined;
  // The offset before the change is the right one in both special cases, and a day earlier is safely before it.
  const dayMs = 86_400_000;
  const before = offsetMinutes(new Date(asUtc.getTime() - dayMs), zone);
  const after = offsetMinutes(new Date(asUtc.getTime() + dayMs), zone);
  const candidates = [before, after].map((offset) => new Date(asUtc.getTime() - offset * 60_000));
  const exact = candidates.find(
    (candidate) => candidate.getTime() === asUtc.getTime() - offsetMinutes(candidate, zone) * 60_000,
  );
  return exact ?? candidates[0];
}

/** The wall-clock time of an instant in an IANA zone, as an <input type="datetime-local"> wants it. */
export function instantToZoned(instant: Date, zone: string): string {
  return new Date(instant.getTime() + offsetMinutes(instant, zone) * 60_000).toISOString().slice(0, 16);
}
