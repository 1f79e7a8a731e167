import { Prisma } from '@/lib/db/generated/client';

/** Events whose key has one of some values: a part of an index (organization_id, key, seq). */
export type Family = {
  key: Key[];
  /** A relation `v` with the bounds of each part of the key. */
  bounds: Prisma.Sql;
  /** Few values, so that each one's events can be read in the order of seq and merged. */
  inOrder: boolean;
  /** The same as a condition on the event `a` that needs no column but those of audit_event_scan_idx. */
  check: Prisma.Sql;
};

/** A column of an index, which lies between two columns of a family's bounds, both included. */
type Key = { column: Column; low: Prisma.Sql; high: Prisma.Sql };

export type Column = keyof typeof columns;

const columns = {
  action: { name: Prisma.sql`a.action`, type: Prisma.sql`text`, scanned: true },
  actor_ref: { name: Prisma.sql`a.actor_ref`, type: Prisma.sql`uuid`, scanned: true },
  target_ref: { name: Prisma.sql`a.target_ref`, type: Prisma.sql`uuid`, scanned: true },
  outcome: { name: Prisma.sql`a.outcome`, type: Prisma.sql`text`, scanned: true },
  origin: { name: Prisma.sql`a.origin`, type: Prisma.sql`text`, scanned: true },
  ip: { name: Prisma.sql`a.ip`, type: Prisma.sql`inet`, scanned: true },
  request_id: { name: Prisma.sql`a.request_id`, type: Prisma.sql`text`, scanned: false },
  session_id: { name: Prisma.sql`a.session_id`, type: Prisma.sql`text`, scanned: false },
  id: { name: Prisma.sql`a.id`, type: Prisma.sql`uuid`, scanned: false },
};

/** The name of a column of the event `a`. */
export function columnName(column: Column): Prisma.Sql {
  return columns[column].name;
}

const between = (column: Column): Key[] => [{ column, low: Prisma.sql`v.low`, high: Prisma.sql`v.high` }];

/** A family of few values of a single column. */
export type Few = Family & { column: Column; values: readonly string[] };

export function isFew(family: Family): family is Few {
  return 'values' in family;
}

/** Events that have one of few values. */
export function few(organizationId: string, column: Column, values: readonly string[]): Few {
  const { name, type, scanned } = columns[column];
  const list = Prisma.sql`${[...values]}::${type}[]`;
  const isOne = Prisma.sql`${name} = ANY(${list})`;
  return {
    column,
    values,
    key: between(column),
    bounds: Prisma.sql`(SELECT value, value FROM unnest(${list}) AS given (value)) AS v (low, high)`,
    inOrder: true,
    check: scanned
      ? isOne
      : Prisma.sql`a.seq IN (SELECT a.seq FROM audit_event a
                              WHERE a.organization_id = ${organizationId}::uuid AND ${isOne})`,
  };
}

/** Events that have one of few values in each of two columns, for an index (organization_id, first, second, seq). */
export function both(first: Few, second: Few): Family {
  const listed = ({ column, values }: Few) => Prisma.sql`unnest(${[...values]}::${columns[column].type}[])`;
  return {
    key: [
      { column: first.column, low: Prisma.sql`v.one`, high: Prisma.sql`v.one` },
      { column: second.column, low: Prisma.sql`v.other`, high: Prisma.sql`v.other` },
    ],
    bounds: Prisma.sql`(SELECT one, other
          FROM ${listed(first)} AS given (one), ${listed(second)} AS beside (other)) AS v`,
    inOrder: true,
    check: Prisma.sql`${first.check} AND ${second.check}`,
  };
}

/** Events that have one of the values that a query gives. */
export function many(column: Column, values: Prisma.Sql): Family {
  return {
    key: between(column),
    bounds: Prisma.sql`(SELECT value, value FROM (${values}) AS given (value)) AS v (low, high)`,
    inOrder: false,
    check: Prisma.sql`${columns[column].name} IN (${values})`,
  };
}

/** Events whose value lies in one of some ranges, both ends included. */
export function ranges(column: Column, pairs: readonly (readonly [low: string, high: string])[]): Family {
  const { name, type } = columns[column];
  const bounds = pairs.map(([low, high]) => Prisma.sql`(${low}::${type}, ${high}::${type})`);
  const inside = pairs.map(([low, high]) => Prisma.sql`${name} BETWEEN ${low}::${type} AND ${high}::${type}`);
  return {
    key: between(column),
    bounds: Prisma.sql`(VALUES ${Prisma.join(bounds)}) AS v (low, high)`,
    inOrder: false,
    check: Prisma.sql`(${Prisma.join(inside, ' OR ')})`,
  };
}
