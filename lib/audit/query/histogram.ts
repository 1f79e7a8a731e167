import { Prisma } from '@/lib/db/generated/client';
import { type Read, readOnly } from '@/lib/db/read-only';
import type { AuditFilter } from '../filter/audit-filter';
import { resolveCreated, type Times } from '../filter/time-range';
import { results } from '../filter/vocabulary';
import { bucketBorders, fitBorders } from './buckets';
import { few, isFew } from './families';
import { larger, smaller } from './larger';
import { entries, scannedEvents, smallEvents, smallestSource, sourceEntries } from './matching';
import { resolveFilter } from './resolve-filter';
import type { Scope } from './scope';

/** Events from `from` up to `to`, which is excluded. A link with these ends in place of the filter's shows exactly them. */
export type Bucket = { from: Date; to: Date; success: number; failure: number };

/** Up to this many events of one condition are looked up one by one; more are met while scanning. */
const gatherLimit = 100_000;
const timeoutMs = 2_000;

/**
 * How many events match over the filter's range of times, by result, in about 60 buckets that are round in the reader's
 * zone, but for where the range begins, ends or is interrupted. Without a beginning the range begins with the log, without
 * an end it ends now. Exact. Empty for an empty log. Throws a TooSlowError after two seconds.
 */
export async function auditHistogram(
  organizationId: string,
  filter: AuditFilter,
  zone: string,
  now = new Date(),
): Promise<Bucket[]> {
  return readOnly(timeoutMs, async (read) => {
    const times = resolveCreated(filter.created, now);
    const ends = await endsOf(read, organizationId, times, now);
    if (!ends) return [];
    const borders = fitBorders(bucketBorders(ends.from, ends.to, zone), times);
    return count(read, organizationId, filter, borders, now);
  });
}

async function count(
  read: Read,
  organizationId: string,
  filter: AuditFilter,
  borders: readonly Date[],
  now: Date,
): Promise<Bucket[]> {
  const scope = await resolveFilter(read, organizationId, filter, now);
  const buckets = borders
    .slice(1)
    .map((to, index) => ({ from: borders[index] ?? to, to, success: 0, failure: 0 }));
  if (scope.first > scope.last) return buckets;
  for (const { bucket, outcome, count } of await counts(read, scope, borders)) {
    const found = buckets[bucket];
    if (found) found[outcome] += count;
  }
  return buckets;
}

type Count = { bucket: number; outcome: 'success' | 'failure'; count: number };

async function endsOf(
  read: Read,
  organizationId: string,
  { from, to: asked }: Times,
  now: Date,
): Promise<{ from: Date; to: Date } | undefined> {
  const to = asked ?? now;
  if (from) return { from, to: new Date(Math.max(+to, +from + 1)) };
  const [oldest] = await read<{ time: Date }>(Prisma.sql`
    SELECT a.occurred_at AS time FROM audit_event a
     WHERE a.organization_id = ${organizationId}::uuid ORDER BY a.occurred_at, a.seq LIMIT 1`);
  if (!oldest) return undefined;
  return oldest.time < to ? { from: oldest.time, to } : { from: to, to: new Date(+to + 1) };
}

async function counts(read: Read, scope: Scope, borders: readonly Date[]): Promise<Count[]> {
  if (!scope.ordered) return countBy(read, await matched(read, scope), byTime(borders));
  const seqs = await bordersInSeq(read, scope, borders);
  const wanted = scope.checks.length === 0 && outcomesOf(scope);
  if (wanted) {
    const all = await plainCounts(read, { ...scope, sources: [] }, seqs);
    return all.filter(({ outcome }) => wanted.includes(outcome));
  }
  return countBy(read, await matched(read, scope), bySeq(seqs));
}

/** The results that are wanted where nothing else is asked; undefined where something is. */
function outcomesOf({ sources: [source, ...others] }: Scope): readonly string[] | undefined {
  if (!source) return results;
  const [only, ...more] = source.families;
  if (others.length + more.length > 0 || !only || !isFew(only) || only.column !== 'outcome') return undefined;
  return only.values;
}

/** Numbers without a gap: the borders say how many events lie between them, and only the failures need counting. */
async function plainCounts(read: Read, scope: Scope, seqs: readonly bigint[]): Promise<Count[]> {
  const failed = entries(scope, few(scope.organizationId, 'outcome', ['failure']), Number.MAX_SAFE_INTEGER, {
    select: outcomeBySeq,
  });
  const failures = await countBy(read, Prisma.sql`(${failed}) AS matched`, bySeq(seqs));
  return seqs.slice(1).flatMap((end, bucket) => {
    const from = seqs[bucket] ?? end;
    const size = smaller(end, scope.last + 1n) - larger(from, scope.first);
    const total = Number(larger(size, 0n));
    const failure = failures.find((count) => count.bucket === bucket)?.count ?? 0;
    return [
      { bucket, outcome: 'success' as const, count: total - failure },
      { bucket, outcome: 'failure' as const, count: failure },
    ];
  });
}

const outcomeBySeq = Prisma.sql`a.seq, a.outcome`;

/** A relation `matched` of the events that match, with what the buckets need of them. */
async function matched(read: Read, scope: Scope): Promise<Prisma.Sql> {
  const [only, ...others] = scope.sources;
  if (scope.ordered && only && others.length + scope.checks.length === 0) {
    // The index of the condition has the outcome too.
    return Prisma.sql`${sourceEntries(scope, only, Number.MAX_SAFE_INTEGER, outcomeBySeq)} AS matched`;
  }
  const small = await smallestSource(read, scope, gatherLimit);
  const events = small ? smallEvents(scope, small) : scannedEvents(scope);
  return Prisma.sql`(SELECT a.seq, a.occurred_at, a.outcome FROM ${events}) AS matched`;
}

async function countBy(read: Read, matched: Prisma.Sql, bucket: Prisma.Sql): Promise<Count[]> {
  const rows = await read<Omit<Count, 'count'> & { count: string }>(Prisma.sql`
    SELECT ${bucket} - 1 AS bucket, outcome, count(*) FROM ${matched} GROUP BY 1, 2`);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

function bySeq(seqs: readonly bigint[]): Prisma.Sql {
  return Prisma.sql`width_bucket(matched.seq, ${[...seqs]}::bigint[])`;
}

function byTime(borders: readonly Date[]): Prisma.Sql {
  return Prisma.sql`width_bucket(matched.occurred_at, ${borders.map((at) => at.toISOString())}::timestamptz[])`;
}

/** The largest bigint of PostgreSQL. */
const beyondAll = 2n ** 63n - 1n;

/** The first event at or after each border, or one that never will be. */
async function bordersInSeq(read: Read, scope: Scope, borders: readonly Date[]): Promise<bigint[]> {
  const rows = await read<{ seq: string | null }>(Prisma.sql`
    SELECT e.seq FROM unnest(${borders.map((at) => at.toISOString())}::timestamptz[]) WITH ORDINALITY AS border (at, n)
      LEFT JOIN LATERAL (
        SELECT a.seq FROM audit_event a
         WHERE a.organization_id = ${scope.organizationId}::uuid AND a.occurred_at >= border.at
         ORDER BY a.occurred_at, a.seq LIMIT 1) AS e ON TRUE
     ORDER BY border.n`);
  return rows.map(({ seq }) => (seq === null ? beyondAll : BigInt(seq)));
}
