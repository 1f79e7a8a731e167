import type { PageSize } from './page-size';

/** The parts of a filter that hold values, in the order in which they are written. */
export const filterKeys = [
  'text',
  'action',
  'actor',
  'target',
  'result',
  'ip',
  'origin',
  'request',
  'session',
] as const;
export type FilterKey = (typeof filterKeys)[number];

/** What an event must be one of, and what it must be none of. Of `text` it must have all of `is`. */
export type Match = { readonly is: readonly string[]; readonly not: readonly string[] };

/** A match of these values and no others: `{ actor: only('ben') }` is a filter. */
export function only(...values: string[]): Match {
  return { is: values, not: [] };
}

/** The ranges that end now, with their lengths in milliseconds. */
export const presets = {
  '15m': 15 * 60_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
  '90d': 90 * 86_400_000,
} as const;
export type Preset = keyof typeof presets;
export const presetNames = ['15m', '1h', '24h', '7d', '30d', '90d'] as const satisfies readonly Preset[];

/** Since when and till when, `to` excluded. One that is relative stays so until the reader fixes its ends. */
export type TimeRange = { readonly last: Preset } | { readonly from?: Date; readonly to?: Date };

/** A range of times that events must lie in, or with `not` outside of. */
export type Created = { readonly not: boolean; readonly range: TimeRange };

/**
 * What a reader asks of the log; `{}` asks for everything. The page, its links, exports and every query share this one
 * description. Different keys must all hold. {@link parseAuditSearch} and {@link parseQuery} make only such filters as
 * every query takes: known values, within {@link filterLimits}.
 */
export type AuditFilter = { readonly [Key in FilterKey]?: Match } & { readonly created?: Created };

/** What the log shows: a filter, a page of it, and the event that is open. */
export type AuditSearch = {
  filter: AuditFilter;
  size: PageSize;
  cursor?: string;
  event?: string;
  /** What could not be understood, in words for the reader. Nothing is dropped in silence. */
  notices: string[];
};

/**
 * What a filter may hold, so that a hostile address costs no more than an honest one. A clause is one key with all its
 * values, its negation is another, and so is each word of the text.
 */
export const filterLimits = { clauses: 10, values: 50, valueLength: 200 } as const;

/** Whether nothing is excluded, so that an empty table means an empty log. */
export function isUnfiltered(filter: AuditFilter): boolean {
  return filter.created === undefined && filterKeys.every((key) => filter[key] === undefined);
}

/** Whether events that happen from now on may belong to what is shown: the newest page of a range without an end. */
export function isOpenEnded({
  filter: { created },
  cursor,
}: Pick<AuditSearch, 'filter' | 'cursor'>): boolean {
  if (cursor !== undefined) return false;
  if (!created) return true;
  const endsNow = 'last' in created.range || created.range.to === undefined;
  return endsNow !== created.not;
}

/** One value of a filter: what a chip shows and a link adds or takes away. */
export type FilterValue = { key: FilterKey; not: boolean; value: string };

/** Every value of a filter, in the order in which it is written. The range of times is not among them. */
export function filterValues(filter: AuditFilter): FilterValue[] {
  return filterKeys.flatMap((key) => [
    ...(filter[key]?.is ?? []).map((value) => ({ key, not: false, value })),
    ...(filter[key]?.not ?? []).map((value) => ({ key, not: true, value })),
  ]);
}

/** The filter with one value more; the same filter when it has it already. "Filter for" and "exclude" are this. */
export function withValue(filter: AuditFilter, { key, not, value }: FilterValue): AuditFilter {
  const { is, not: excluded } = filter[key] ?? noMatch;
  const add = (values: readonly string[]) => (values.includes(value) ? values : [...values, value]);
  return { ...filter, [key]: not ? { is, not: add(excluded) } : { is: add(is), not: excluded } };
}

/** The filter without one value. */
export function withoutValue(filter: AuditFilter, { key, not, value }: FilterValue): AuditFilter {
  const { is, not: excluded } = filter[key] ?? noMatch;
  const rest = (values: readonly string[]) => values.filter((other) => other !== value);
  const match = not ? { is, not: rest(excluded) } : { is: rest(is), not: excluded };
  return match.is.length + match.not.length > 0 ? { ...filter, [key]: match } : withoutKey(filter, key);
}

/** The filter without all values of a key, or without its range of times. */
export function withoutKey(filter: AuditFilter, key: FilterKey | 'created'): AuditFilter {
  const { [key]: _, ...rest } = filter;
  return rest;
}

const noMatch: Match = { is: [], not: [] };
