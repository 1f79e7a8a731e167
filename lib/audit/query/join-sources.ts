import { Prisma } from '@/lib/db/generated/client';
import { both, type Column, type Few, isFew } from './families';
import type { Scope, Source } from './scope';

/** Columns that an index has together, in its order; the conditions that say most come first. */
const pairs = [
  ['actor_ref', 'action'],
  ['action', 'origin'],
] as const satisfies (readonly [Column, Column])[];

/** Up to this many places of an index are read for a list. */
const maxPlaces = 500;

/**
 * The same conditions as fewer sources, where an index lists what meets two of them: that takes as long as if it were
 * one, however common each is and however seldom they meet.
 */
export function joinSources({ sources, ...scope }: Scope): Scope {
  return { ...scope, sources: carryOutcome(pairs.reduce(joinPair, sources), scope.checks.length) };
}

function joinPair(sources: Source[], [first, second]: readonly [Column, Column]): Source[] {
  const [one, other] = [fewOf(sources, first), fewOf(sources, second)];
  if (!one || !other || one.values.length * other.values.length > maxPlaces) return sources;
  const family = both(one, other);
  const rest = sources.filter(({ families: [only] }) => only !== one && only !== other);
  return [{ families: [family], check: family.check }, ...rest];
}

/** The condition of a single family of few values of a column, if there is one. */
function fewOf(sources: Source[], column: Column): Few | undefined {
  return sources.flatMap(({ families: [only, ...others] }) =>
    only && isFew(only) && only.column === column && others.length === 0 ? [only] : [],
  )[0];
}

/**
 * Every index carries the outcome, so one other condition and a result are read in the order of that condition's index.
 * Where there are more it would be in the way: what is few could no longer be told by reading few.
 */
function carryOutcome(sources: Source[], checks: number): Source[] {
  const outcome = fewOf(sources, 'outcome');
  const [other, ...others] = sources.filter(({ families: [only] }) => only !== outcome);
  if (!outcome || !other || others.length + checks > 0) return sources;
  if (!other.families.every((family) => family.inOrder)) return sources;
  return [{ ...other, check: Prisma.sql`${other.check} AND ${outcome.check}`, carried: outcome.check }];
}
