import { beginning } from '@/lib/siem/delivery/accept';
import type { StreamPosition } from '@/lib/siem/delivery/attempt';
import type { Batch } from '@/lib/siem/delivery/batch';
import type { Problem } from '@/lib/siem/delivery/problem';
import { answerOf, type Settlement, unchanged } from '@/lib/siem/delivery/settlement';

/** So many refused events in a row are no longer single bad events: something is wrong with the destination. */
export const parkedCountLimit = 20;

/** A blocked stream tries one event this often (hec.md §2.3): whoever mended Splunk need not tell us. */
export const probeMs = 5 * 60_000;

/**
 * What stands before the event is in, the event itself is parked, and the stream goes on. When event after event is
 * refused the fault is not theirs: then the stream is blocked and passes one event per probe, so it is neither emptied
 * into the parking place nor stuck behind one bad event.
 */
export function park(batch: Batch, index: number, position: StreamPosition, problem: Problem): Settlement {
  const refused = batch.events[index];
  if (!refused) throw new RangeError(`no event stands at position ${index} of ${batch.events.length}`);
  const parkedInRow = index === 0 ? position.parkedInRow + 1 : 1;
  const hopeless = parkedInRow >= parkedCountLimit;
  return {
    ...unchanged(position),
    accepted: beginning(batch, index, position, problem),
    cursor: refused.seq,
    parked: { seq: refused.seq, reason: reasonOf(problem), ...answerOf(problem) },
    parkedInRow,
    problem,
    state: hopeless ? 'blocked' : 'healthy',
    attempt: hopeless ? position.attempt + 1 : 0,
    delayMs: hopeless ? probeMs : 0,
    failing: hopeless,
  };
}

/** The event is passed over because its record cannot be sent as it is: nobody refused it, and nothing waits for it. */
export function parkDamaged(seq: bigint, position: StreamPosition): Settlement {
  const reason = 'The stored record is missing or damaged and cannot be sent. Verify the audit log.';
  return {
    ...unchanged(position),
    cursor: seq,
    parked: { seq, reason, httpStatus: 0, hecCode: undefined },
  };
}

/** Splunk's own words where it gave some. */
function reasonOf({ hecText, id, httpStatus }: Problem): string {
  if (hecText) return hecText;
  if (id === 'too_large') return 'The event is larger than the receiver takes.';
  return `The receiver refused the event without a reason (HTTP ${httpStatus}).`;
}
