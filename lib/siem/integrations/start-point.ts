import type { Tx } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import type { Head } from '@/lib/siem/integrations/lock';
import { RefusedError } from '@/lib/siem/integrations/refusal';
import { zonedToInstant } from '@/lib/zoned-time';

/**
 * Where a new integration begins: with what happens from now on, with what happened at that time or later, or with
 * everything that the log holds.
 */
export type StartPoint = 'now' | 'beginning' | Date;

/**
 * A start point as it is typed: `date` begins the day `day` ("2026-11-23") of the zone. Throws a {@link RefusedError} for
 * a day that is none or that has not begun.
 */
export function parseStartPoint(
  { start, day }: { start: 'now' | 'date' | 'beginning'; day: string },
  zone: string,
): StartPoint {
  if (start !== 'date') return start;
  const instant = zonedToInstant(`${day.trim()}T00:00`, zone);
  if (!instant) throw refused('Choose the day to start from', 'Enter it as 2026-11-23.');
  refuseFuture(instant);
  return instant;
}

/**
 * The last seq that is not sent. To be called while holding the head's lock, so that no event can slip in between. Throws
 * a {@link RefusedError} for a time that is none or lies in the future.
 */
export async function startSeqOf(
  tx: Pick<Tx, '$queryRaw'>,
  organizationId: string,
  head: Head,
  startFrom: StartPoint,
): Promise<bigint> {
  if (startFrom === 'now') return head.seq;
  if (startFrom === 'beginning') return head.anchorSeq;
  refuseFuture(startFrom);
  const [before] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM audit_event
     WHERE organization_id = ${organizationId}::uuid AND occurred_at < ${startFrom}
     ORDER BY occurred_at DESC, seq DESC LIMIT 1`;
  return before?.seq ?? head.anchorSeq;
}

/** How many earlier events an integration that was added now would send, and when the first of them happened. */
export async function countEarlier(
  organizationId: string,
  startFrom: StartPoint,
): Promise<{ events: number; firstAt: string | null }> {
  const [head] = await db().$queryRaw<Head[]>`
    SELECT seq, anchor_seq AS "anchorSeq" FROM audit_head WHERE organization_id = ${organizationId}::uuid`;
  if (!head) return { events: 0, firstAt: null };
  const startSeq = await startSeqOf(db(), organizationId, head, startFrom);
  const [first] = await db().$queryRaw<{ at: Date }[]>`
    SELECT occurred_at AS at FROM audit_event
     WHERE organization_id = ${organizationId}::uuid AND seq > ${startSeq} ORDER BY seq LIMIT 1`;
  return { events: Number(head.seq - startSeq), firstAt: first?.at.toISOString() ?? null };
}

function refuseFuture(time: Date): void {
  // A minute of grace: the clock of whoever typed the time may be ahead.
  if (Number.isNaN(time.getTime()) || time.getTime() > Date.now() + 60_000)
    throw refused('The start lies in the future', 'Choose a day that has begun, or start from now.');
}

function refused(message: string, hint: string): RefusedError {
  return new RefusedError([{ field: 'startFrom', message, hint }]);
}
