import { readOnly } from '@/lib/db/read-only';
import type { AuditFilter } from '../filter/audit-filter';
import { findEvents } from './find-events';
import { resolveFilter } from './resolve-filter';

export type NewestSeqs = {
  /** Oldest first; eight bytes each, however many. */
  seqs: BigInt64Array;
  /** Whether older events match, too. */
  truncated: boolean;
};

type Wanted = { limit: number; now?: Date; signal?: AbortSignal; batch?: number };

/** How many are looked for at a time. */
const usualBatch = 20_000;
const timeoutMs = 10_000;

/**
 * The numbers of the newest `limit` events of a filter, all of one snapshot. What a list does for a page is done again
 * and again here, so it may take seconds in a log of ten million. Relative times end at `now`. Throws the reason of
 * `signal` when that is aborted, and a TooSlowError where the database does not answer.
 */
export async function newestSeqs(
  organizationId: string,
  filter: AuditFilter,
  { limit, now = new Date(), signal, batch = usualBatch }: Wanted,
): Promise<NewestSeqs> {
  return readOnly(timeoutMs, async (read) => {
    let rest = await resolveFilter(read, organizationId, filter, now);
    const room = rest.last < rest.first ? 0 : Number(rest.last - rest.first + 1n);
    // One more than is asked for tells whether there are more.
    const found = new BigInt64Array(Math.min(room, limit + 1));
    let count = 0;
    while (rest.first <= rest.last && count < found.length) {
      signal?.throwIfAborted();
      const size = Math.min(batch, found.length - count);
      const { seqs, stoppedAt } = await findEvents(read, rest, { order: 'DESC', limit: size });
      found.set(seqs, count);
      count += seqs.length;
      const reached = seqs.length === size ? seqs.at(-1) : stoppedAt;
      if (reached === undefined) break;
      rest = { ...rest, last: reached - 1n };
    }
    return { seqs: found.subarray(0, Math.min(count, limit)).reverse(), truncated: count > limit };
  });
}
