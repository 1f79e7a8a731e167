import type { Prisma } from '@/lib/db/generated/client';

/** From the first moment to the second, which is not included. */
export type TimeRange = { readonly from: Date; readonly to: Date };

/** Numbers of the log, both included. */
export type SeqRange = { readonly firstSeq: bigint; readonly lastSeq: bigint };

/**
 * The numbers of the events between two times, up to `cursor`; undefined for none. Time never runs backwards along the
 * numbers of an organization, so they are one range, which two look-ups in an index find.
 */
export async function seqRange(
  client: Prisma.TransactionClient,
  organizationId: string,
  cursor: bigint,
  { from, to }: TimeRange,
): Promise<SeqRange | undefined> {
  if (!(from < to)) return undefined;
  const [row] = await client.$queryRaw<{ firstSeq: bigint | null; lastSeq: bigint | null }[]>`
    SELECT (SELECT seq FROM audit_event
             WHERE organization_id = ${organizationId}::uuid AND occurred_at >= ${from}
             ORDER BY occurred_at, seq LIMIT 1) AS "firstSeq",
           (SELECT LEAST(seq, ${cursor}) FROM audit_event
             WHERE organization_id = ${organizationId}::uuid AND occurred_at < ${to}
             ORDER BY occurred_at DESC, seq DESC LIMIT 1) AS "lastSeq"`;
  const { firstSeq, lastSeq } = row ?? { firstSeq: null, lastSeq: null };
  return firstSeq !== null && lastSeq !== null && firstSeq <= lastSeq ? { firstSeq, lastSeq } : undefined;
}

/** Whether a replay that has not ended shares an event with the range: then both would send it. */
export async function isReplayedAlready(
  client: Prisma.TransactionClient,
  integrationId: string,
  { firstSeq, lastSeq }: SeqRange,
): Promise<boolean> {
  const overlapping = await client.siemReplay.findFirst({
    where: {
      integrationId,
      state: { in: ['running', 'paused'] },
      firstSeq: { lte: lastSeq },
      lastSeq: { gte: firstSeq },
    },
    select: { id: true },
  });
  return overlapping !== null;
}
