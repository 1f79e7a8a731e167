import { Prisma } from '@/lib/db/generated/client';
import { type Read, readOnly } from '@/lib/db/read-only';
import { formatCursor, type PageCursor, parseCursor } from '../cursor';
import type { Outcome } from '../event';
import type { AuditFilter } from '../filter/audit-filter';
import { filterDigest } from '../filter/filter-digest';
import { findEvents } from './find-events';
import { larger, smaller } from './larger';
import { resolveFilter } from './resolve-filter';
import type { Scope } from './scope';

/** One line of the table. `seq` is a decimal string: it passes to the browser, and 2^53 is not the end of a log. */
export type AuditRow = {
  id: string;
  seq: string;
  time: string;
  action: string;
  outcome: Outcome;
  actorType: string;
  actorId: string | null;
  actorName: string | null;
  actorEmail: string | null;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  ip: string | null;
  origin: string | null;
  requestId: string | null;
  sessionId: string | null;
};

export type AuditPage = {
  /** Newest first, whichever way the page was reached. */
  rows: AuditRow[];
  older?: string;
  newer?: string;
  /** The cursor was forged, damaged or made for another filter; the newest page is shown instead. */
  cursorRefused: boolean;
  /**
   * The time to which the search came before its patience ended: there may be events beyond, which the cursor that goes
   * on in the same direction looks for. Absent when the page is complete.
   */
  searchedTo?: string;
};

/** Longer than the patience of a search: a statement of a page never runs into it on a healthy database. */
const timeoutMs = 5_000;

/**
 * A page of an organization's events by keyset on seq: neither lost nor doubled rows while events arrive. Every value of
 * the filter is a parameter of a statement. Relative times end at `now`.
 */
export async function listAuditEvents(
  organizationId: string,
  filter: AuditFilter,
  { size, cursor: given, now = new Date() }: { size: number; cursor?: string | undefined; now?: Date },
): Promise<AuditPage> {
  const digest = filterDigest(filter);
  const cursor = given === undefined ? undefined : parseCursor(given, digest);
  const order = cursor?.direction === 'newer' ? 'ASC' : 'DESC';
  const page = await readOnly(timeoutMs, async (read) => {
    const scope = await resolveFilter(read, organizationId, filter, now);
    const { seqs, stoppedAt } = await findEvents(read, beyond(scope, cursor), { order, limit: size + 1 });
    const shown = seqs.slice(0, size);
    const rows = await rowsOf(read, organizationId, shown);
    const searchedTo = stoppedAt && (await timeOf(read, organizationId, stoppedAt));
    const ends = { shown, more: seqs.length > size, ...(stoppedAt && { stoppedAt }) };
    return { rows, ...neighbours(scope, cursor, ends), ...(searchedTo && { searchedTo }) };
  });
  const { older, newer, ...rest } = page;
  return {
    ...rest,
    ...(older !== undefined && { older: formatCursor({ direction: 'older', seq: older }, digest) }),
    ...(newer !== undefined && { newer: formatCursor({ direction: 'newer', seq: newer }, digest) }),
    cursorRefused: given !== undefined && !cursor,
  };
}

/** The cursor of the page that ends with the oldest event of a filter. */
export function oldestPage(filter: AuditFilter): string {
  return formatCursor({ direction: 'newer', seq: 0n }, filterDigest(filter));
}

/** The part of a scope that lies beyond a cursor. */
function beyond(scope: Scope, cursor: PageCursor | undefined): Scope {
  if (!cursor) return scope;
  const { direction, seq } = cursor;
  if (direction === 'older') return { ...scope, last: smaller(seq - 1n, scope.last) };
  return { ...scope, first: larger(seq + 1n, scope.first) };
}

type Ends = { shown: readonly bigint[]; more: boolean; stoppedAt?: bigint };

/** The events from which the pages beside this one go on: its own ends, or where the search gave up. */
function neighbours(
  scope: Scope,
  cursor: PageCursor | undefined,
  { shown, more, stoppedAt }: Ends,
): { older?: bigint | undefined; newer?: bigint | undefined } {
  const [first, last] = [shown[0], shown.at(-1)];
  const onward = more ? last : stoppedAt;
  if (cursor?.direction === 'newer') {
    // It was reached from an older event, unless it begins where the log does.
    const back = cursor.seq >= scope.first ? (first ?? cursor.seq + 1n) : undefined;
    return { newer: onward, older: back };
  }
  return { older: onward, newer: cursor && (first ?? cursor.seq - 1n) };
}

type DbRow = Omit<AuditRow, 'time'> & { time: Date };

/** The narrow columns of some events, newest first. */
async function rowsOf(read: Read, organizationId: string, seqs: readonly bigint[]): Promise<AuditRow[]> {
  if (seqs.length === 0) return [];
  const rows = await read<DbRow>(Prisma.sql`
    SELECT a.seq, a.id, a.occurred_at AS time, a.action, a.outcome, a.actor_type AS "actorType",
           a.actor_id AS "actorId", a.actor_name AS "actorName", a.actor_email AS "actorEmail",
           a.target_type AS "targetType", a.target_id AS "targetId", a.target_name AS "targetName",
           host(a.ip) AS ip, a.origin, a.request_id AS "requestId", a.session_id AS "sessionId"
      FROM audit_event a
     WHERE a.organization_id = ${organizationId}::uuid AND a.seq = ANY(${[...seqs]}::bigint[])`);
  return rows
    .map((row) => ({ ...row, time: row.time.toISOString() }))
    .sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? 1 : -1));
}

async function timeOf(read: Read, organizationId: string, seq: bigint): Promise<string | undefined> {
  const [row] = await read<{ time: Date }>(Prisma.sql`
    SELECT a.occurred_at AS time FROM audit_event a
     WHERE a.organization_id = ${organizationId}::uuid AND a.seq = ${seq}`);
  return row?.time.toISOString();
}
