import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { RetentionDays } from '@/lib/integrity/retention/choices';

/** What holds back events that are old enough to be deleted. */
export type HeldBack = {
  readonly integration: { readonly id: string; readonly name: string };
  readonly why: 'not_delivered' | 'parked' | 'replay' | 'unaccounted';
};

/** How long an organization keeps events, and where its log begins because of that; plain data. */
export type LogBeginning = {
  /** null: for ever. */
  readonly days: RetentionDays;
  /** Where the log begins when a part was deleted: the time of its first event, or null when it is empty now. */
  readonly begins: { readonly seq: string; readonly at: string | null } | null;
};

/** The same, and what would be deleted now; plain data. */
export type Retention = LogBeginning & {
  /** Events that are old enough, and how many of them wait for an integration. */
  readonly expired: number;
  readonly waiting: number;
  readonly heldBack: readonly HeldBack[];
};

type Beginning = { days: number | null; anchor: bigint; firstAt: Date | null };

const beginning = Prisma.sql`
  o.retention_days AS days, h.anchor_seq AS anchor,
  (SELECT occurred_at FROM audit_event e WHERE e.organization_id = o.id AND e.seq > h.anchor_seq
    ORDER BY e.seq LIMIT 1) AS "firstAt"`;

/** Where the log begins. One look-up in an index. */
export async function readLogBeginning(organizationId: string): Promise<LogBeginning> {
  const [row] = await db().$queryRaw<Beginning[]>`
    SELECT ${beginning} FROM organization o JOIN audit_head h ON h.organization_id = o.id
     WHERE o.id = ${organizationId}::uuid`;
  if (!row) throw new Error('the organization has no audit chain');
  return beginningOf(row);
}

function beginningOf({ days, anchor, firstAt }: Beginning): LogBeginning {
  const begins = anchor > 0n ? { seq: (anchor + 1n).toString(), at: firstAt?.toISOString() ?? null } : null;
  return { days, begins };
}

type Row = Beginning & { expired: bigint; held: bigint };

/** The retention as it is set, or as it would be with `days`. */
export async function readRetention(organizationId: string, days?: RetentionDays): Promise<Retention> {
  const asIf = days === undefined ? Prisma.sql`o.retention_days` : Prisma.sql`${days}::int`;
  const [row] = await db().$queryRaw<Row[]>`
    SELECT days, anchor, "firstAt", expired, expired - greatest(anchor, least(expired, settled)) AS held
      FROM (SELECT ${beginning}, audit_expired(o.id, ${asIf}) AS expired, audit_settled(o.id) AS settled
              FROM organization o JOIN audit_head h ON h.organization_id = o.id
             WHERE o.id = ${organizationId}::uuid) AS retention`;
  if (!row) throw new Error('the organization has no audit chain');
  const { anchor, expired, held } = row;
  return {
    ...beginningOf(row),
    expired: Number(expired - anchor),
    waiting: Number(held),
    heldBack: held > 0n ? await heldBackBefore(organizationId, expired) : [],
  };
}

/** Who is not done with an event up to that one, and why. */
function heldBackBefore(organizationId: string, seq: bigint): Promise<HeldBack[]> {
  return db().$queryRaw<HeldBack[]>`
    SELECT jsonb_build_object('id', i.id, 'name', i.name) AS integration,
           CASE WHEN s.cursor < ${seq} THEN 'not_delivered'
                WHEN EXISTS (SELECT FROM siem_parked p WHERE p.integration_id = i.id AND p.seq <= ${seq}
                                AND p.state IN ('parked', 'retrying')) THEN 'parked'
                WHEN EXISTS (SELECT FROM siem_replay r WHERE r.integration_id = i.id AND r.cursor < ${seq}
                                AND r.state IN ('running', 'paused')) THEN 'replay'
                ELSE 'unaccounted' END AS why
      FROM siem_integration i JOIN siem_stream s ON s.integration_id = i.id
     WHERE i.organization_id = ${organizationId}::uuid
       AND (least(s.cursor, s.proven_seq, (s.unaccounted ->> 'firstSeq')::bigint - 1) < ${seq}
            OR EXISTS (SELECT FROM siem_parked p WHERE p.integration_id = i.id AND p.seq <= ${seq}
                          AND p.state IN ('parked', 'retrying'))
            OR EXISTS (SELECT FROM siem_replay r WHERE r.integration_id = i.id AND r.cursor < ${seq}
                          AND r.state IN ('running', 'paused')))
     ORDER BY i.created_at, i.id`;
}
