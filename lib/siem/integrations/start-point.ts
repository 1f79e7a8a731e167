import type { Tx } from '@/lib/audit/transaction';
import type { Head } from '@/lib/siem/integrations/lock';
import { RefusedError } from '@/lib/siem/integrations/refusal';

/**
 * Where a new integration begins: with what happens from now on, with what happened at that time or later, or with
 * everything that the log holds.
 */
export type StartPoint = 'now' | 'beginning' | Date;

/**
 * The last seq that is not sent. To be called while holding the head's lock, so that no event can slip in between. Throws
 * a {@link RefusedError} for a time that is none or lies in the future.
 */
export async function startSeqOf(
  tx: Tx,
  organizationId: string,
  head: Head,
  startFrom: StartPoint,
): Promise<bigint> {
  if (startFrom === 'now') return head.seq;
  if (startFrom === 'beginning') return head.anchorSeq;
  // A minute of grace: the clock of whoever typed the time may be ahead.
  if (Number.isNaN(startFrom.getTime()) || startFrom.getTime() > Date.now() + 60_000) throw noSuchTime;
  const [before] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM audit_event
     WHERE organization_id = ${organizationId}::uuid AND occurred_at < ${startFrom}
     ORDER BY occurred_at DESC, seq DESC LIMIT 1`;
  return before?.seq ?? head.anchorSeq;
}

const noSuchTime = new RefusedError([
  {
    field: 'startFrom',
    message: 'The start lies in the future',
    hint: 'Choose a day that has begun, or start from now.',
  },
]);
