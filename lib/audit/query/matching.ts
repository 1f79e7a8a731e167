import { Prisma } from '@/lib/db/generated/client';
import type { Read } from '@/lib/db/read-only';
import { columnName, type Family } from './families';
import { smaller } from './larger';
import { all, type Scope, type Source, within } from './scope';

/** Newest first, or oldest first. */
export type Order = 'DESC' | 'ASC';

const direction = { DESC: Prisma.sql`DESC`, ASC: Prisma.sql`ASC` };

export function orderSql(order: Order): Prisma.Sql {
  return direction[order];
}

type Entries = { order?: Order; select?: Prisma.Sql; carried?: Prisma.Sql | undefined };

/**
 * The seq of a family's events, and what else of an index is asked for: at most `limit` of each value, its newest first.
 * Bounds instead of "=", and the column in the order: this way no other index gives the order that is asked for, so no
 * statistics, however old, can make the planner read the log from its end in the hope to meet the value soon. Bounds of
 * pairs, because a range of the column alone would not let the index begin at a seq.
 */
export function entries(
  scope: Scope,
  { key, bounds }: Family,
  limit: number,
  { order = 'DESC', select = Prisma.sql`a.seq`, carried = Prisma.sql`TRUE` }: Entries = {},
): Prisma.Sql {
  const names = Prisma.join(key.map(({ column }) => columnName(column)));
  const sorted = key.map(({ column }) => Prisma.sql`${columnName(column)} ${orderSql(order)}`);
  return Prisma.sql`
    SELECT e.* FROM ${bounds} CROSS JOIN LATERAL (
      SELECT ${select} FROM audit_event a
       WHERE ${within(scope)}
         AND (${names}, a.seq) >= (${Prisma.join(key.map(({ low }) => low))}, ${scope.first})
         AND (${names}, a.seq) <= (${Prisma.join(key.map(({ high }) => high))}, ${scope.last})
         AND ${carried}
       ORDER BY ${Prisma.join(sorted)}, a.seq ${orderSql(order)} LIMIT ${limit}) AS e`;
}

/** A relation of the entries of all families of a source, each event once and at most `limit` events. */
export function sourceEntries(
  scope: Scope,
  { families, carried }: Source,
  limit: number,
  select = Prisma.sql`a.seq`,
): Prisma.Sql {
  const parts = families.map(
    (family) => Prisma.sql`(${entries(scope, family, limit, { select, carried })} LIMIT ${limit})`,
  );
  return Prisma.sql`(SELECT * FROM (${Prisma.join(parts, ' UNION ')}) AS parts LIMIT ${limit})`;
}

/** Looking an event up costs as much as scanning so many. */
const lookUpCost = 20n;

/** A source of which there are few events, and what else they must meet. */
export type SmallSource = { source: Source; limit: number; checks: Prisma.Sql[] };

/**
 * The source with the fewest events in the range, if those are at most `most` and looking each of them up is less than
 * scanning the range. One statement counts them, each as far as matters.
 */
export async function smallestSource(
  read: Read,
  scope: Scope,
  most: number,
): Promise<SmallSource | undefined> {
  if (scope.sources.length === 0) return undefined;
  const limit = Number(smaller(BigInt(most), (scope.last - scope.first + 1n) / lookUpCost));
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
  return { source: smallest.source, limit, checks: [...others.map(({ check }) => check), ...scope.checks] };
}

/**
 * The events `a` of a small source that meet the other conditions: each is looked up by its seq in the narrow index, in
 * order, so that whoever wants a few needs not look all of them up. The inner LIMIT keeps the planner from reading that
 * index from end to end instead.
 */
export function smallEvents(
  scope: Scope,
  { source, limit, checks }: SmallSource,
  order: Order = 'DESC',
): Prisma.Sql {
  const listed = sourceEntries(scope, source, limit + 1);
  return Prisma.sql`
    (SELECT * FROM ${listed} AS found ORDER BY found.seq ${orderSql(order)}) AS listed CROSS JOIN LATERAL (
      SELECT a.seq, a.occurred_at, a.action, a.outcome, a.origin, a.actor_ref, a.target_ref, a.ip
        FROM audit_event a WHERE ${within(scope)} AND a.seq = listed.seq AND ${all(checks)} LIMIT 1) AS a`;
}

/** The events `a` of a range that meet every condition, checked one by one: seven million in a second. */
export function scannedEvents(scope: Scope): Prisma.Sql {
  return Prisma.sql`
    audit_event a WHERE ${within(scope)} AND ${all([...scope.sources.map(({ check }) => check), ...scope.checks])}`;
}
