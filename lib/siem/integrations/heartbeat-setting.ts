import { RefusedError } from '@/lib/siem/integrations/refusal';

/** A week; the table's CHECK says the same. */
const mostMinutes = 7 * 24 * 60;

/** Minutes as they are typed; null for an empty field, and no number for what is none. */
export function typedMinutes(typed = ''): number | null {
  const text = typed.trim();
  if (text === '') return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** The heartbeat as it is stored; null for none. Throws a {@link RefusedError} outside of 1 minute … 7 days. */
export function parseHeartbeat(minutes: number | null): number | null {
  if (minutes === null) return null;
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= mostMinutes) return minutes;
  throw new RefusedError([
    {
      field: 'heartbeat',
      message: 'The heartbeat must be from 1 minute to 7 days',
      hint: 'Enter a whole number of minutes, up to 10,080.',
    },
  ]);
}

/** A heartbeat setting in words, for the audit log. */
export function describeHeartbeat(minutes: number | null): string {
  return minutes === null ? 'off' : `after ${minutes} min`;
}
