import { z } from 'zod';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { ParkedState } from '@/lib/db/generated/enums';

/** An event that Splunk refused for its content; plain data, times are ISO-8601. */
export type ParkedEvent = {
  readonly seq: string;
  readonly state: ParkedState;
  /** 0: it could not be sent, because its record is missing or damaged. */
  readonly httpStatus: number;
  readonly hecCode: number | null;
  /** Splunk's words, or ours where it gave none. */
  readonly reason: string;
  readonly refusals: number;
  readonly parkedAt: string;
  /** When it was delivered after all, or dismissed. */
  readonly closedAt: string | null;
  /** Who dismissed it, and why. */
  readonly dismissedBy: string | null;
  readonly dismissal: string | null;
  /** The event itself; null when it is gone from the log. */
  readonly event: {
    readonly id: string;
    readonly action: string;
    readonly occurredAt: string;
    /** As it is sealed. */
    readonly record: string;
  } | null;
};

export type ParkedPage = {
  readonly items: readonly ParkedEvent[];
  /** For the next page; null at the end. */
  readonly after: string | null;
};

export type ParkedFilter = {
  /** `open` ones wait for an admin, or for the attempt that one asked for; `closed` ones were delivered or dismissed. */
  readonly which?: 'open' | 'closed';
  /** `after` of the page before. */
  readonly after?: string | undefined;
  readonly limit?: number;
};

const states = { open: ['parked', 'retrying'], closed: ['delivered', 'dismissed'] } as const;
const mostPerPage = 200;

type Row = Omit<ParkedEvent, 'seq' | 'parkedAt' | 'closedAt' | 'event'> & {
  seq: bigint;
  parkedAt: Date;
  closedAt: Date | null;
  id: string | null;
  action: string;
  occurredAt: Date;
  record: string;
};

/**
 * The parked events of an integration in the order of the log, the open ones unless told otherwise, 50 to a page. Empty for
 * an integration of another organization.
 */
export async function listParked(
  organizationId: string,
  integrationId: string,
  { which = 'open', after, limit = 50 }: ParkedFilter = {},
): Promise<ParkedPage> {
  if (!z.uuid().safeParse(integrationId).success) return { items: [], after: null };
  const size = Math.min(mostPerPage, Math.max(1, limit));
  const rows = await db().$queryRaw<Row[]>`
    ${selectOf(organizationId, integrationId)}
       AND p.state::text = ANY(${[...states[which]]}) AND p.seq > ${seqOf(after)}
     ORDER BY p.seq LIMIT ${size + 1}`;
  const items = rows.slice(0, size).map(parkedOf);
  return { items, after: rows.length > size ? (items.at(-1)?.seq ?? null) : null };
}

/** One event that was parked once, whatever became of it; undefined when the organization has none of that number there. */
export async function findParked(
  organizationId: string,
  integrationId: string,
  seq: string,
): Promise<ParkedEvent | undefined> {
  if (!z.uuid().safeParse(integrationId).success) return undefined;
  const [row] = await db().$queryRaw<Row[]>`
    ${selectOf(organizationId, integrationId)} AND p.seq = ${seqOf(seq)}`;
  return row && parkedOf(row);
}

function selectOf(organizationId: string, integrationId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT p.seq, p.state::text, p.http_status AS "httpStatus", p.hec_code AS "hecCode", p.reason, p.refusals,
           p.parked_at AS "parkedAt", p.closed_at AS "closedAt", p.closed_by AS "dismissedBy", p.dismissal,
           e.id, e.action, e.occurred_at AS "occurredAt", e.record
      FROM siem_parked p
      JOIN siem_integration i ON i.id = p.integration_id
      LEFT JOIN audit_event e ON e.organization_id = i.organization_id AND e.seq = p.seq
     WHERE p.integration_id = ${integrationId}::uuid AND i.organization_id = ${organizationId}::uuid`;
}

function parkedOf({ id, action, occurredAt, record, ...row }: Row): ParkedEvent {
  return {
    ...row,
    seq: row.seq.toString(),
    parkedAt: row.parkedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    event: id === null ? null : { id, action, occurredAt: occurredAt.toISOString(), record },
  };
}

/** A number of the log as it came from an address or a form; 0, before all of them, for anything else. */
function seqOf(text = ''): bigint {
  return /^\d{1,18}$/.test(text) ? BigInt(text) : 0n;
}
