import { Prisma } from '@/lib/db/generated/client';
import type { Read } from '@/lib/db/read-only';
import { columnName, type Family } from './families';
import { all, type Scope, type Source, within } from './scope';

/** Newest first, or oldest first. */
export type Order = 'DESC' | 'ASC';

const direction = { DESC: Prisma.sql`DESC`, ASC: Prisma.sql`ASC` };

export function orderSql(order: Order): Prisma.Sql {
  return direction[order];
}

/**
 * The seq of a family's events, and what else of an index is asked for: at most `limit` of each value, its newest first.
 * Bounds instead of "=", and the column in the order: this way no other index gives the order that is asked for, so no
 * statistics, however old, can make the planner read the log from its end in the hope to meet the value soon. Bounds of
 * pairs, because a range of the column alone would not let the index begin at a seq.
 */
export function entries(
  scope: Scope,
  { column, bounds }: Family,
  limit: number,
  { order = 'DESC', select = Prisma.sql`a.seq` }: { order?: Order; select?: Prisma.Sql } = {},
): Prisma.Sql {
  const name = columnName(column);
  return Prisma.sql`
    SELECT e.* FROM ${bounds} CROSS JOIN LATERAL (
      SELECT ${select} FROM audit_event a
       WHERE ${within(scope)}
         AND (${name}, a.seq) >= (v.low, ${scope.first}) AND (${name}, a.seq) <= (v.high, ${scope.last})
       ORDER BY ${name} ${orderSql(order)}, a.seq ${orderSql(order)} LIMIT ${limit}) AS e`;
}

/** A relation of the entries of all families of a source, each event once and at most `limit` events. */
export function sourceEntries(
  scope: Scope,
  { families }: Source,
  limit: number,
  select?: Prisma.Sql,
): Prisma.Sql {
  const parts = families.map(
    (family) => Prisma.sql`(${entries(scope, family, limit, select ? { select } : {})} LIMIT ${limit})`,
  );
  return Prisma.sql`(SELECT * FROM (${Prisma.join(parts, ' UNION ')}) AS parts LIMIT ${limit})`;
}

/** A source of which there are few events, and what else they must meet. */
export type SmallSource = { source: Source; checks: Prisma.Sql[] };

/**
 * The source with the fewest events in the range, if those are at most `limit`: then all of them can be looked at, and
 * nothing else need be. One statement counts them, each up to the limit.
 */
export async function smallestSource(
  read: Read,
  scope: Scope,
  limit: number,
): Promise<SmallSource | undefined> {
  if (scope.sources.length === 0) return undefined;
  const counts = scope.sources.map(
    (source) => Prisma.sql`
      (SELECT count(*) FROM ${sourceEntries(scope, source, limit + 1)} AS counted)`,
  );
  const [row] = await read<{ counts: string[] }>(Prisma.sql`SELECT ARRAY[${Prisma.join(counts)}] AS counts`);
  const smallest = scope.sources
    .map((source, index) => ({ source, count: Number(row?.counts[index]) }))
    .sort((a, b) => a.count - b.count)[0];
  if (!smallest || smallest.count > limit) return undefined;
  const others = scope.sources.filter((source) => source !== smallest.source);
  return { source: smallest.source, checks: [...others.map(({ check }) => check), ...scope.checks] };
}

/**
 * The events `a` of a small source that meet the other conditions: each is looked up by its seq in the narrow index. The
 * LIMIT keeps the planner from reading that index from end to end instead.
 */
export function smallEvents(scope: Scope, { source, checks }: SmallSource, limit: number): Prisma.Sql {
  return Prisma.sql`
    ${sourceEntries(scope, source, limit + 1)} AS listed CROSS JOIN LATERAL (
      SELECT a.seq, a.occurred_at, a.action, a.outcome, a.origin, a.actor_ref, a.target_ref, a.ip
        FROM audit_event a WHERE ${within(scope)} AND a.seq = listed.seq AND ${all(checks)} LIMIT 1) AS a`;
}

/** The events `a` of a range that meet every condition, checked one by one: seven million in a second. */
export function scannedEvents(scope: Scope): Prisma.Sql {
  return Prisma.sql`
    audit_event a WHERE ${within(scope)} AND ${all([...scope.sources.map(({ check }) => check), ...scope.checks])}`;
}
