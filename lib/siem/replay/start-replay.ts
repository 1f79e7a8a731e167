import { randomUUID } from 'node:crypto';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { integrationTarget, lockIntegration } from '@/lib/siem/integrations/lock';
import { RefusedError } from '@/lib/siem/integrations/refusal';
import { isReplayedAlready, seqRange, type TimeRange } from '@/lib/siem/replay/replay-range';

/** Events a second: quick enough for a million in a quarter of an hour, and little beside what a Splunk takes. */
export const usualRate = 1_000;
const mostPerSecond = 10_000;

export type NewReplay = TimeRange & { readonly eventsPerSecond?: number | undefined };

/**
 * Sends the events that happened between two times once more, with the same bytes and ids, beside the live stream and
 * behind it: it waits while that one is not well or is behind. Nothing changes for the live stream. Two active replays of
 * an integration cannot share an event. Throws {@link NotFoundError}, or a {@link RefusedError} of the field `range` when
 * there is nothing to send, or a part is being sent already.
 */
export async function startReplay(
  source: AuditSource,
  integrationId: string,
  { from, to, eventsPerSecond = usualRate }: NewReplay,
): Promise<{ id: string; events: string }> {
  const rate = Math.min(mostPerSecond, Math.max(1, Math.round(eventsPerSecond) || usualRate));
  return withTransaction(async (tx) => {
    const organizationId = source.organization.id;
    const integration = await lockIntegration(tx, organizationId, integrationId);
    const { cursor, maxEvents } = integration.stream;
    const range = await seqRange(tx, organizationId, cursor, { from, to });
    if (!range) throw nothingToSend;
    const { firstSeq, lastSeq } = range;
    if (await isReplayedAlready(tx, integrationId, range)) throw underWay;

    const id = randomUUID();
    await tx.siemReplay.create({
      data: {
        id,
        integrationId,
        organizationId,
        ...range,
        cursor: firstSeq - 1n,
        requestedBy: source.actor.name ?? null,
        eventsPerSecond: rate,
        maxEvents,
      },
    });
    const events = (lastSeq - firstSeq + 1n).toString();
    recordAudit(tx, {
      ...source,
      action: 'siem.integration.replay',
      targets: integrationTarget(integration),
      metadata: { first_seq: firstSeq.toString(), last_seq: lastSeq.toString(), events },
    });
    return { id, events };
  });
}

const nothingToSend = new RefusedError([
  {
    field: 'range',
    message: 'Nothing was sent in this time',
    hint: 'Choose a longer time. What is still waiting is sent without a replay.',
  },
]);

const underWay = new RefusedError([
  {
    field: 'range',
    message: 'A part of this time is being replayed already',
    hint: 'Wait until that replay has finished, or cancel it.',
  },
]);
