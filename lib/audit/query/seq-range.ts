import { Prisma } from '@/lib/db/generated/client';
import type { Read } from '@/lib/db/read-only';
import type { Created } from '../filter/audit-filter';
import { resolveCreated } from '../filter/time-range';

export type SeqRange = {
  first: bigint;
  last: bigint;
  ordered: boolean;
  /** What the range of seq cannot say: nothing, unless a clock was set back or the middle is left out. */
  checks: Prisma.Sql[];
};

type Row = { anchor: string; last: string; setBackMs: string; before: string | null; after: string | null };

/**
 * The events among which those of a range of times are. Each index ends with seq, so each can be read for that range;
 * and the numbers have no gaps, so the range's size is known. An organization's time runs along seq, except where a clock
 * was set back: the head knows by how much at most, and by that much the range is widened.
 */
export async function seqRange(
  read: Read,
  organizationId: string,
  created: Created | undefined,
  now: Date,
): Promise<SeqRange> {
  const { from, to, without } = resolveCreated(created, now);
  const [row] = await read<Row>(Prisma.sql`
    SELECT h.anchor_seq AS anchor, h.seq AS last, h.set_back_ms AS "setBackMs",
           ${from ? lastBefore(from) : Prisma.sql`NULL::bigint`} AS before,
           ${to ? firstAfter(to) : Prisma.sql`NULL::bigint`} AS after
      FROM audit_head h WHERE h.organization_id = ${organizationId}::uuid`);
  if (!row) throw new Error('the organization has no audit chain');
  const ordered = row.setBackMs === '0';
  return {
    first: BigInt(row.before ?? row.anchor) + 1n,
    last: row.after === null ? BigInt(row.last) : BigInt(row.after) - 1n,
    ordered,
    checks: [
      ...(from && !ordered ? [Prisma.sql`a.occurred_at >= ${from}::timestamptz`] : []),
      ...(to && !ordered ? [Prisma.sql`a.occurred_at < ${to}::timestamptz`] : []),
      ...(without ? [isOutside(without)] : []),
    ],
  };
}

function isOutside({ from, to }: { from: Date; to: Date }): Prisma.Sql {
  return Prisma.sql`NOT (a.occurred_at >= ${from}::timestamptz AND a.occurred_at < ${to}::timestamptz)`;
}

/** Some event before the moment. Whatever is at the moment or after it has a larger seq, as no clock went back further. */
function lastBefore(moment: Date): Prisma.Sql {
  return Prisma.sql`(
    SELECT a.seq FROM audit_event a
     WHERE a.organization_id = h.organization_id
       AND a.occurred_at < ${moment}::timestamptz - h.set_back_ms * interval '1 millisecond'
     ORDER BY a.occurred_at DESC, a.seq DESC LIMIT 1)`;
}

/** Some event at the moment or after it. Whatever is before the moment has a smaller seq. */
function firstAfter(moment: Date): Prisma.Sql {
  return Prisma.sql`(
    SELECT a.seq FROM audit_event a
     WHERE a.organization_id = h.organization_id
       AND a.occurred_at >= ${moment}::timestamptz + h.set_back_ms * interval '1 millisecond'
     ORDER BY a.occurred_at, a.seq LIMIT 1)`;
}
