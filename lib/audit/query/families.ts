import { Prisma } from '@/lib/db/generated/client';

/** Events whose column has one of some values: a part of an index (organization_id, column, seq). */
export type Family = {
  column: Column;
  /** A relation `v (low, high)`: the column lies between two bounds, both included. */
  bounds: Prisma.Sql;
  /** Few values, so that each one's events can be read in the order of seq and merged. */
  inOrder: boolean;
  /** The same as a condition on the event `a` that needs no column but those of audit_event_scan_idx. */
  check: Prisma.Sql;
};

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

/** Events that have one of few values. */
export function few(organizationId: string, column: Column, values: readonly string[]): Family {
  const { name, type, scanned } = columns[column];
  const list = Prisma.sql`${[...values]}::${type}[]`;
  const equal = Prisma.sql`${name} = ANY(${list})`;
  return {
    column,
    bounds: Prisma.sql`(SELECT value, value FROM unnest(${list}) AS given (value)) AS v (low, high)`,
    inOrder: true,
    check: scanned
      ? equal
      : Prisma.sql`a.seq IN (SELECT a.seq FROM audit_event a
                              WHERE a.organization_id = ${organizationId}::uuid AND ${equal})`,
  };
}

/** Events that have one of the values that a query gives. */
export function many(column: Column, values: Prisma.Sql): Family {
  return {
    column,
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
    column,
    bounds: Prisma.sql`(VALUES ${Prisma.join(bounds)}) AS v (low, high)`,
    inOrder: false,
    check: Prisma.sql`(${Prisma.join(inside, ' OR ')})`,
  };
}
