import { z } from 'zod';
import { Prisma } from '@/lib/db/generated/client';
import type { Read } from '@/lib/db/read-only';
import type { AuditFilter, FilterKey } from '../filter/audit-filter';
import { origins, results } from '../filter/vocabulary';
import { addressBeginning, addressesIn } from './addresses';
import { type Column, type Family, few } from './families';
import { joinSources } from './join-sources';
import { knownActions } from './known-actions';
import { partiesNamed, partiesWithText } from './parties';
import type { Scope } from './scope';
import { seqRange } from './seq-range';

/** Looks up what the filter names, in the organization's own log. Relative times end at `now`. */
export async function resolveFilter(
  read: Read,
  organizationId: string,
  filter: AuditFilter,
  now: Date,
): Promise<Scope> {
  const scope: Scope = {
    organizationId,
    sources: [],
    ...(await seqRange(read, organizationId, filter.created, now)),
  };
  const lookUp = new LookUp(read, organizationId);

  for (const key of ['action', 'result', 'origin'] as const) {
    const match = filter[key];
    if (!match) continue;
    // There are few of them, so "not this one" is "one of the others", which an index lists.
    const wanted = await lookUp.words(key, match.is, match.not);
    mustBe(scope, wanted.length > 0 ? [few(organizationId, wordColumn[key], wanted)] : []);
  }
  for (const key of ['actor', 'target', 'ip', 'request', 'session'] as const) {
    const { is = [], not = [] } = filter[key] ?? {};
    if (is.length > 0) mustBe(scope, await lookUp.values(key, is));
    if (not.length > 0) mustNotBe(scope, await lookUp.values(key, not));
  }
  for (const word of filter.text?.is ?? []) mustBe(scope, await lookUp.text(word));
  for (const word of filter.text?.not ?? []) mustNotBe(scope, await lookUp.text(word));
  return joinSources(scope);
}

const wordColumn = { action: 'action', result: 'outcome', origin: 'origin' } as const satisfies Partial<
  Record<FilterKey, Column>
>;

/** An event must be of one of the families. Of none, there is no such event, and nothing to read. */
function mustBe(scope: Scope, families: Family[]): void {
  if (families.length === 0) scope.last = scope.first - 1n;
  else scope.sources.push({ families, check: oneOf(families) });
}

function mustNotBe(scope: Scope, families: Family[]): void {
  // What is unknown of an event, such as the target of one that has none, excludes nothing.
  if (families.length > 0) scope.checks.push(Prisma.sql`${oneOf(families)} IS NOT TRUE`);
}

/** Kept together by IS TRUE: the planner then checks it in passing instead of making a join of it, which loses the order. */
function oneOf(families: readonly Family[]): Prisma.Sql {
  return Prisma.sql`((${Prisma.join(
    families.map(({ check }) => check),
    ' OR ',
  )}) IS TRUE)`;
}

class LookUp {
  private actions: Promise<string[]> | undefined;
  constructor(
    private readonly read: Read,
    private readonly organizationId: string,
  ) {}

  /** The actions, results or origins that are meant: those of `is`, or all, without those of `not`. */
  async words(
    key: keyof typeof wordColumn,
    is: readonly string[],
    not: readonly string[],
  ): Promise<readonly string[]> {
    if (key === 'result') return without(is.length > 0 ? is : results, not);
    if (key === 'origin') return without(is.length > 0 ? is : origins, not);
    if (not.length === 0 && !is.some((action) => action.endsWith('.*'))) return is;
    const known = await this.knownActions();
    const matches = (action: string, patterns: readonly string[]) =>
      patterns.some((p) => (p.endsWith('.*') ? action.startsWith(p.slice(0, -1)) : action === p));
    return known.filter((action) => (is.length === 0 || matches(action, is)) && !matches(action, not));
  }

  async values(
    key: 'actor' | 'target' | 'ip' | 'request' | 'session',
    values: readonly string[],
  ): Promise<Family[]> {
    if (key === 'request') return [few(this.organizationId, 'request_id', values)];
    if (key === 'session') return [few(this.organizationId, 'session_id', values)];
    if (key === 'ip') return addressesIn(this.read, this.organizationId, values);
    return partiesNamed(this.read, this.organizationId, key, values);
  }

  /** Wherever a reader sees a text: in names, e-mail addresses, ids, actions, at the beginning of an address. */
  async text(word: string): Promise<Family[]> {
    const id = this.organizationId;
    const actions = (await this.knownActions()).filter((action) => action.includes(word.toLowerCase()));
    const address = addressBeginning(word);
    return [
      ...(await partiesWithText(this.read, id, word)),
      ...(actions.length > 0 ? [few(id, 'action', actions)] : []),
      ...(address !== undefined ? await addressesIn(this.read, id, [address]) : []),
      few(id, 'request_id', [word]),
      few(id, 'session_id', [word]),
      ...(z.guid().safeParse(word).success ? [few(id, 'id', [word])] : []),
    ];
  }

  private knownActions(): Promise<string[]> {
    this.actions ??= knownActions(this.read, this.organizationId);
    return this.actions;
  }
}

function without(values: readonly string[], not: readonly string[]): readonly string[] {
  return values.filter((value) => !not.includes(value));
}
