import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { NotFoundError } from '@/lib/siem/integrations/refusal';

/** From the first moment to the second, which is not included. */
export type TimeRange = { readonly from: Date; readonly to: Date };

/** Numbers of the log, both included. */
export type SeqRange = { readonly firstSeq: bigint; readonly lastSeq: bigint };

/** What a replay would send; plain data. */
export type ReplayCount = {
  readonly events: string;
  readonly firstSeq: string | null;
  readonly lastSeq: string | null;
};

/**
 * How many events happened between two times and would be sent again; those that the stream has not settled yet do not
 * count, because they are sent anyway. The same rule as {@link startReplay}'s. Throws {@link NotFoundError}.
 */
export async function countReplay(
  organizationId: string,
  integrationId: string,
  from: Date,
  to: Date,
): Promise<ReplayCount> {
  const stream = z.uuid().safeParse(integrationId).success
    ? await db().siemStream.findFirst({ where: { integrationId, organizationId }, select: { cursor: true } })
    : null;
  if (!stream) throw new NotFoundError();
  const range = await seqRange(db(), organizationId, stream.cursor, { from, to });
  return {
    events: range ? (range.lastSeq - range.firstSeq + 1n).toString() : '0',
    firstSeq: range?.firstSeq.toString() ?? null,
    lastSeq: range?.lastSeq.toString() ?? null,
  };
}

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
