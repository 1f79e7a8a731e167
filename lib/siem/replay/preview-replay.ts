import { z } from 'zod';
import { db } from '@/lib/db/client';
import { NotFoundError } from '@/lib/siem/integrations/refusal';
import { isReplayedAlready, seqRange, type TimeRange } from '@/lib/siem/replay/replay-range';
import { usualRate } from '@/lib/siem/replay/start-replay';

/** What a replay would send; plain data. */
export type ReplayPreview = {
  readonly events: string;
  readonly firstSeq: string | null;
  readonly lastSeq: string | null;
  readonly eventsPerSecond: number;
  /** A part of it is being replayed already, so it would be refused. */
  readonly underWay: boolean;
};

/**
 * How many events happened between two times and would be sent again; those that the stream has not settled yet do not
 * count, because they are sent anyway. The same rules as {@link startReplay}'s. Throws {@link NotFoundError}.
 */
export async function previewReplay(
  organizationId: string,
  integrationId: string,
  times: TimeRange,
): Promise<ReplayPreview> {
  const stream = z.uuid().safeParse(integrationId).success
    ? await db().siemStream.findFirst({ where: { integrationId, organizationId }, select: { cursor: true } })
    : null;
  if (!stream) throw new NotFoundError();
  const range = await seqRange(db(), organizationId, stream.cursor, times);
  return {
    events: range ? (range.lastSeq - range.firstSeq + 1n).toString() : '0',
    firstSeq: range?.firstSeq.toString() ?? null,
    lastSeq: range?.lastSeq.toString() ?? null,
    eventsPerSecond: usualRate,
    underWay: range !== undefined && (await isReplayedAlready(db(), integrationId, range)),
  };
}
