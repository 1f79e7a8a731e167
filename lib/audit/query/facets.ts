import { Prisma } from '@/lib/db/generated/client';
import { type Read, readOnly } from '@/lib/db/read-only';
import { type AuditFilter, withoutKey } from '../filter/audit-filter';
import { scannedEvents, smallEvents, smallestSource } from './matching';
import { resolveFilter } from './resolve-filter';
import type { Scope } from './scope';

/** What the log is counted by. */
export const facets = ['action', 'actor', 'target', 'result', 'ip', 'origin'] as const;
export type Facet = (typeof facets)[number];

export type FacetValue = {
  /** What the filter of the same key takes to find these events. */
  value: string;
  /** What a person calls it: a name rather than an id. The same as `value` where there is no other name. */
  label: string;
  /** Of an actor or target: user, scan, … */
  type?: string;
  count: number;
};

export type FacetCounts = {
  /** The most frequent values, most frequent first. */
  values: FacetValue[];
  /** How many events were counted, the newest that match. */
  counted: number;
  /** There are more: the counts are of the newest {@link facetLimit} events. */
  capped: boolean;
};

/** A month of a busy organization. More is not counted: the newest million says what there is. */
export const facetLimit = 1_000_000;

/** Up to this many events of one condition are looked up one by one; more are met while scanning. */
const gatherLimit = 100_000;
const topValues = 20;
const timeoutMs = 2_000;

/**
 * The most frequent values of one facet among the events that match, by all filters but the facet's own: so the
 * alternatives to what is chosen stay visible. Throws a TooSlowError after two seconds, alone of all facets.
 */
export async function countFacet(
  organizationId: string,
  filter: AuditFilter,
  facet: Facet,
  now = new Date(),
): Promise<FacetCounts> {
  return readOnly(timeoutMs, async (read) => {
    const scope = await resolveFilter(read, organizationId, withoutKey(filter, facet), now);
    if (scope.first > scope.last) return { values: [], counted: 0, capped: false };
    const rows = await read<Row>(statements[facet](organizationId, await matched(read, scope, facet)));
    const counted = Number(rows[0]?.counted ?? 0);
    return {
      values: rows.flatMap(({ value, label, type, count }) =>
        value === null ? [] : [{ value, label: label ?? value, ...(type && { type }), count: Number(count) }],
      ),
      counted: Math.min(counted, facetLimit),
      capped: counted > facetLimit,
    };
  });
}

type Row = {
  value: string | null;
  label: string | null;
  type: string | null;
  count: string;
  counted: string;
};

const valueColumn: Record<Facet, Prisma.Sql> = {
  action: Prisma.sql`a.action`,
  actor: Prisma.sql`a.actor_ref`,
  target: Prisma.sql`a.target_ref`,
  result: Prisma.sql`a.outcome`,
  ip: Prisma.sql`a.ip`,
  origin: Prisma.sql`a.origin`,
};

/** A relation `matched (value)` of the newest events that match. */
async function matched(read: Read, scope: Scope, facet: Facet): Promise<Prisma.Sql> {
  const small = await smallestSource(read, scope, gatherLimit);
  const events = small ? smallEvents(scope, small) : Prisma.sql`${scannedEvents(scope)} ORDER BY a.seq DESC`;
  return Prisma.sql`(SELECT ${valueColumn[facet]} AS value FROM ${events} LIMIT ${facetLimit + 1}) AS matched`;
}

const plain = (value: Prisma.Sql) => (_: string, matched: Prisma.Sql) =>
  Prisma.sql`
  SELECT ${value} AS value, NULL AS label, NULL AS type, count(*), sum(count(*)) OVER () AS counted
    FROM ${matched} GROUP BY matched.value ORDER BY count(*) DESC, 1 LIMIT ${topValues}`;

/** Somebody who was renamed is two parties with one id: taken together after the most frequent were found. */
const parties = (role: 'actor' | 'target') => (organizationId: string, matched: Prisma.Sql) =>
  Prisma.sql`
  SELECT coalesce(p.id, p.email, p.name, p.type) AS value, max(coalesce(p.name, p.email, p.type)) AS label,
         max(p.type) AS type, sum(top.count) AS count, max(top.counted) AS counted
    FROM (SELECT matched.value AS ref, count(*), sum(count(*)) OVER () AS counted
            FROM ${matched} GROUP BY matched.value ORDER BY count(*) DESC LIMIT ${2 * topValues}) AS top
    LEFT JOIN audit_party p
      ON p.organization_id = ${organizationId}::uuid AND p.role = ${role} AND p.ref = top.ref
   GROUP BY 1 ORDER BY sum(top.count) DESC, 1 LIMIT ${topValues}`;

const statements: Record<Facet, (organizationId: string, matched: Prisma.Sql) => Prisma.Sql> = {
  action: plain(Prisma.sql`matched.value`),
  actor: parties('actor'),
  target: parties('target'),
  result: plain(Prisma.sql`matched.value`),
  ip: plain(Prisma.sql`host(matched.value)`),
  origin: plain(Prisma.sql`matched.value`),
};
