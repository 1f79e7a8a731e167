import type { StreamPosition } from '@/lib/siem/delivery/attempt';
import type { Batch } from '@/lib/siem/delivery/batch';
import { type Accepted, answerOf, type Settlement, unchanged } from '@/lib/siem/delivery/settlement';
import type { Cause } from '@/lib/siem/splunk/cause';

/** The most events of one request (hec.md §5.1). */
export const mostEvents = 500;

/** The first `count` events of the batch are in Splunk. */
export function accept(batch: Batch, count: number, position: StreamPosition, cause: Cause): Settlement {
  const accepted = beginning(batch, count, position, cause);
  // A batch that filled its limit proves that there is room for a little more: back to 500 in some fifty such batches,
  // and where the receiver's limit lasts only about every eighth attempt is refused.
  const full = count >= position.maxEvents;
  const grown = Math.min(mostEvents, position.maxEvents + Math.max(1, Math.floor(position.maxEvents / 10)));
  return {
    ...unchanged(position),
    accepted,
    cursor: accepted?.lastSeq ?? position.cursor,
    parkedInRow: 0,
    state: 'healthy',
    attempt: 0,
    maxEvents: full ? grown : position.maxEvents,
    failing: false,
  };
}

/** The receipt of the first `count` events; undefined for none. */
export function beginning(
  batch: Batch,
  count: number,
  { attempt }: StreamPosition,
  cause: Pick<Cause, 'httpStatus' | 'hecCode'>,
): Accepted | undefined {
  const first = batch.events[0];
  const last = batch.events[count - 1];
  if (!first || !last) return undefined;
  return {
    ...answerOf(cause),
    firstSeq: first.seq,
    lastSeq: last.seq,
    events: count,
    bytes: last.end,
    attempts: attempt + 1,
  };
}
