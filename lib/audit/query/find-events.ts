import { Prisma } from '@/lib/db/generated/client';
import type { Read } from '@/lib/db/read-only';
import { larger, smaller } from './larger';
import { entries, type Order, orderSql, scannedEvents, smallEvents, smallestSource } from './matching';
import { isPlain, type Scope } from './scope';

/** The numbers of events, in the order that was asked for. */
export type Found = {
  seqs: bigint[];
  /** Where the search gave up: everything on the way to this event, itself included, was looked at. */
  stoppedAt?: bigint;
};

/** How much is read before another way is tried, or none. */
export type Effort = {
  /** What is scanned first of all. */
  glance: bigint;
  /** Up to this many events of one condition are all looked at rather than scanned for. */
  gather: number;
  /** What is scanned at a time after that. */
  stretch: bigint;
  /** How long a page is scanned for before the reader is asked whether to go on. */
  patienceMs: number;
};

/** The glance takes some 3 ms, gathering 30, and a stretch less than a tenth of the patience. */
const usualEffort: Effort = { glance: 20_000n, gather: 20_000, stretch: 1_000_000n, patienceMs: 2_000 };

/**
 * The first events of a scope in seq order. Three ways, each bounded whatever the log holds:
 *
 *   merge   one condition of few values: the first events of each value, from the value's own place in the index
 *   scan    any others, most of which are common: a glance at the first twenty thousand events, checking each
 *   gather  where that is not enough, and there is a condition that few events meet: all of those, checking each
 *
 * Where nothing is rare the scan goes on, until there are enough or the patience ends.
 */
export async function findEvents(
  read: Read,
  scope: Scope,
  { order, limit, effort = usualEffort }: { order: Order; limit: number; effort?: Effort },
): Promise<Found> {
  if (scope.first > scope.last) return { seqs: [] };
  if (isPlain(scope)) return { seqs: plainSeqs(scope, order, limit) };
  const inOrder = Prisma.sql`ORDER BY 1 ${orderSql(order)} LIMIT ${limit}`;

  const [only, ...others] = scope.sources;
  if (only && others.length + scope.checks.length === 0 && only.families.every((family) => family.inOrder)) {
    const { families, carried } = only;
    const parts = families.map(
      (family) => Prisma.sql`(${entries(scope, family, limit, { order, carried })})`,
    );
    return { seqs: await seqsOf(read, Prisma.sql`${Prisma.join(parts, ' UNION ')} ${inOrder}`) };
  }
  const [near, far] = cut(scope, order, effort.glance);
  const seqs = await scanStretch(read, near, order, limit);
  if (seqs.length >= limit || far.first > far.last) return { seqs };

  const small = await smallestSource(read, scope, effort.gather);
  if (small) {
    const events = smallEvents(scope, small, order);
    return { seqs: await seqsOf(read, Prisma.sql`SELECT listed.seq FROM ${events} ${inOrder}`) };
  }
  return scanOn(read, far, { order, limit, seqs, effort });
}

/** Numbers without a gap need no looking up. */
function plainSeqs({ first, last }: Scope, order: Order, limit: number): bigint[] {
  const size = last - first + 1n;
  const count = size < BigInt(limit) ? Number(size) : limit;
  return Array.from({ length: count }, (_, n) => (order === 'DESC' ? last - BigInt(n) : first + BigInt(n)));
}

function scanStretch(read: Read, stretch: Scope, order: Order, limit: number): Promise<bigint[]> {
  return seqsOf(
    read,
    Prisma.sql`SELECT a.seq FROM ${scannedEvents(stretch)} ORDER BY a.seq ${orderSql(order)} LIMIT ${limit}`,
  );
}

/** Scans stretch by stretch beyond what was found already. */
async function scanOn(
  read: Read,
  scope: Scope,
  { order, limit, seqs, effort }: { order: Order; limit: number; seqs: bigint[]; effort: Effort },
): Promise<Found> {
  const deadline = performance.now() + effort.patienceMs;
  const found = [...seqs];
  for (let rest = scope; rest.first <= rest.last; ) {
    const [stretch, after] = cut(rest, order, effort.stretch);
    found.push(...(await scanStretch(read, stretch, order, limit - found.length)));
    if (found.length >= limit) break;
    if (after.first <= after.last && performance.now() >= deadline) {
      return { seqs: found, stoppedAt: order === 'DESC' ? stretch.first : stretch.last };
    }
    rest = after;
  }
  return { seqs: found };
}

/** The next stretch in this order, and what lies behind it. */
function cut(scope: Scope, order: Order, length: bigint): [Scope, Scope] {
  if (order === 'DESC') {
    const first = larger(scope.last - length + 1n, scope.first);
    return [
      { ...scope, first },
      { ...scope, last: first - 1n },
    ];
  }
  const last = smaller(scope.first + length - 1n, scope.last);
  return [
    { ...scope, last },
    { ...scope, first: last + 1n },
  ];
}

async function seqsOf(read: Read, statement: Prisma.Sql): Promise<bigint[]> {
  const rows = await read<{ seq: string }>(statement);
  return rows.map(({ seq }) => BigInt(seq));
}
