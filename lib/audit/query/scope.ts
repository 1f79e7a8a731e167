import { Prisma } from '@/lib/db/generated/client';
import type { Family } from './families';

/**
 * What a filter means for the tables, after names were looked up. Every statement of a list, a count, a facet or a
 * histogram is put together from a scope.
 */
export type Scope = {
  organizationId: string;
  /** The events between which the range of times lies, both included; seq has no gaps. */
  first: bigint;
  last: bigint;
  /** Whether time never ran backwards along seq, so that a range of seq is a range of times. */
  ordered: boolean;
  /** Conditions whose events an index lists. An event must meet all of them. */
  sources: Source[];
  /** Conditions that can only be checked, event by event: negations mostly. */
  checks: Prisma.Sql[];
};

/** A condition on the event `a`: it belongs to at least one of these. */
export type Source = {
  families: Family[];
  check: Prisma.Sql;
  /** What else an event must be, which the indexes of the families carry beside their order. */
  carried?: Prisma.Sql;
};

/** Whether nothing is asked but a range of times: then seq alone counts the events. */
export function isPlain({ sources, checks }: Scope): boolean {
  return sources.length === 0 && checks.length === 0;
}

/** The events of a scope's organization and range: what every statement on `audit_event a` begins with. */
export function within({ organizationId, first, last }: Scope): Prisma.Sql {
  return Prisma.sql`a.organization_id = ${organizationId}::uuid AND a.seq BETWEEN ${first} AND ${last}`;
}

/** A list of conditions that must all hold; none is TRUE. */
export function all(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length > 0 ? Prisma.join([...conditions], ' AND ') : Prisma.sql`TRUE`;
}
