import { readOnly } from '@/lib/db/read-only';
import type { AuditFilter } from '../filter/audit-filter';
import { findEvents } from './find-events';
import { larger } from './larger';
import { resolveFilter } from './resolve-filter';

/** Counting stops here: whoever sees "100+ new events" looks at them. */
export const newerLimit = 100;

const timeoutMs = 5_000;

/**
 * How many events that match are newer than the event `seq`: exact up to {@link newerLimit}, one more for any larger number.
 * Relative times end at `now`.
 */
export async function countNewerEvents(
  organizationId: string,
  filter: AuditFilter,
  seq: bigint,
  now = new Date(),
): Promise<number> {
  return readOnly(timeoutMs, async (read) => {
    const scope = await resolveFilter(read, organizationId, filter, now);
    const newer = { ...scope, first: larger(scope.first, seq + 1n) };
    return (await findEvents(read, newer, { order: 'ASC', limit: newerLimit + 1 })).seqs.length;
  });
}
