import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { formatCursor, type PageCursor, parseCursor } from './cursor';
import type { Outcome } from './event';
import { type AuditFilter, filterDigest, ranges } from './filter';

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
  targetName: string | null;
  ip: string | null;
};

export type AuditPage = {
  rows: AuditRow[];
  older?: string;
  newer?: string;
  /** The cursor was forged, damaged or made for another filter; the newest page is shown instead. */
  cursorRefused: boolean;
};

/** Counting stops here: "10,000+" costs the same however long the log is. */
export const countLimit = 10_000;

type DbRow = Omit<AuditRow, 'seq' | 'time'> & { seq: bigint; time: Date };

/**
 * A page of an organization's events, newest first, by keyset on seq: neither lost nor doubled rows while events arrive.
 * Every filter value is a parameter of the statement.
 */
export async function listAuditEvents(
  organizationId: string,
  filter: AuditFilter,
  { size, cursor: given, now = new Date() }: { size: number; cursor?: string | undefined; now?: Date },
): Promise<AuditPage> {
  const digest = filterDigest(filter);
  const cursor = given === undefined ? undefined : parseCursor(given, digest);
  const newer = cursor?.direction === 'newer';
  const found = await db().$queryRaw<DbRow[]>`
    SELECT seq, id, occurred_at AS time, action, outcome, actor_type AS "actorType", actor_id AS "actorId",
           actor_name AS "actorName", actor_email AS "actorEmail", target_type AS "targetType",
           target_name AS "targetName", host(ip) AS ip
      FROM audit_event
     WHERE ${where(organizationId, filter, now)} AND ${position(cursor)}
     ORDER BY seq ${newer ? Prisma.sql`ASC` : Prisma.sql`DESC`}
     LIMIT ${size + 1}`;
  const more = found.length > size;
  const kept = found.slice(0, size);
  if (newer) kept.reverse();

  const page: AuditPage = {
    rows: kept.map((row) => ({ ...row, seq: row.seq.toString(), time: row.time.toISOString() })),
    cursorRefused: given !== undefined && !cursor,
  };
  const first = kept[0];
  const last = kept.at(-1);
  if (last && (newer || more)) page.older = formatCursor({ direction: 'older', seq: last.seq }, digest);
  if (first && (newer ? more : cursor))
    page.newer = formatCursor({ direction: 'newer', seq: first.seq }, digest);
  return page;
}

/** How many events match, counted up to {@link countLimit}. */
export async function countAuditEvents(
  organizationId: string,
  filter: AuditFilter,
  now = new Date(),
): Promise<number> {
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT 1 FROM audit_event WHERE ${where(organizationId, filter, now)} LIMIT ${countLimit + 1}
    ) AS counted`;
  return Number(row?.count ?? 0);
}

function position(cursor: PageCursor | undefined): Prisma.Sql {
  if (!cursor) return Prisma.sql`TRUE`;
  return cursor.direction === 'older' ? Prisma.sql`seq < ${cursor.seq}` : Prisma.sql`seq > ${cursor.seq}`;
}

/** Only the conditions that are asked for: "param IS NULL OR …" would keep PostgreSQL from using the indexes. */
function where(organizationId: string, filter: AuditFilter, now: Date): Prisma.Sql {
  const conditions = [Prisma.sql`organization_id = ${organizationId}::uuid`];
  const rangeMs = ranges[filter.range];
  const from = filter.from ?? (rangeMs === null ? undefined : new Date(now.getTime() - rangeMs));
  if (from) conditions.push(Prisma.sql`occurred_at >= ${from}::timestamptz`);
  if (filter.to) conditions.push(Prisma.sql`occurred_at < ${filter.to}::timestamptz`);
  if (filter.outcome) conditions.push(Prisma.sql`outcome = ${filter.outcome}`);
  if (filter.actions.length > 0) conditions.push(actionCondition(filter.actions));
  if (filter.actor) {
    const start = `${escapeLike(filter.actor)}%`;
    conditions.push(
      Prisma.sql`(actor_id = ${filter.actor} OR actor_email ILIKE ${start} OR actor_name ILIKE ${start})`,
    );
  }
  if (filter.text) {
    const part = `%${escapeLike(filter.text)}%`;
    conditions.push(Prisma.sql`
      (actor_name ILIKE ${part} OR actor_email ILIKE ${part} OR target_name ILIKE ${part} OR action ILIKE ${part}
       OR host(ip) ILIKE ${part} OR id::text = ${filter.text} OR target_id = ${filter.text})`);
  }
  return Prisma.join(conditions, ' AND ');
}

function actionCondition(actions: readonly string[]): Prisma.Sql {
  const families = actions
    .filter((action) => action.endsWith('.*'))
    .map((action) => `${escapeLike(action.slice(0, -1))}%`);
  const exact = actions.filter((action) => !action.endsWith('.*'));
  return Prisma.sql`(action = ANY(${exact}::text[]) OR action LIKE ANY(${families}::text[]))`;
}

/** The reader's % and _ are characters, not wildcards. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
