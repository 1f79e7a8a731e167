import {
  type AuditFilter,
  type AuditSearch,
  filterKeys,
  filterLimits,
  presets,
  type TimeRange,
} from './audit-filter';
import { FilterDraft } from './filter-draft';
import { defaultPageSize, pageSizes } from './page-size';
import { printText, readQuery, unknownKey } from './query-text';
import { isPreset, parseInstant } from './time-range';
import { shorten } from './values';

export type SearchParams = Record<string, string | string[] | undefined>;

const valueKeys = filterKeys.filter((key) => key !== 'text');
const knownParams = [
  'q',
  ...valueKeys.flatMap((key) => [key, `not_${key}`]),
  ...['range', 'from', 'to'].flatMap((key) => [key, `not_${key}`]),
  'size',
  'cursor',
  'event',
];

/**
 * Reads a search from the address. What is not understood becomes a notice and its default, never an error page. `q`
 * takes the whole language of {@link parseQuery}. Times without an offset are read in `zone`.
 */
export function parseAuditSearch(params: SearchParams, zone: string): AuditSearch {
  const draft = new FilterDraft();
  const read = new ParamReader(params, draft, zone);
  for (const key of Object.keys(params)) {
    if (!knownParams.includes(key)) draft.tell(unknownKey(key, knownParams));
  }
  const query = read.one('q');
  if (query !== undefined) readQuery(draft, query, zone);
  for (const key of valueKeys) {
    for (const value of read.all(key)) draft.add(key, false, value);
    for (const value of read.all(`not_${key}`)) draft.add(key, true, value);
  }
  readCreated(read, false);
  readCreated(read, true);

  const size = read.choice('size', pageSizes.map(String));
  const cursor = read.one('cursor');
  const event = read.one('event');
  const filter = draft.finish();
  return {
    filter,
    size: pageSizes.find((known) => String(known) === size) ?? defaultPageSize,
    ...(cursor !== undefined && { cursor }),
    ...(event !== undefined && { event }),
    notices: draft.notices,
  };
}

/** The address of a search: only what differs from the default, in a fixed order. parse(format(x)) is x. */
export function formatAuditSearch(search: Partial<Omit<AuditSearch, 'notices'>>): URLSearchParams {
  const { filter = {}, size, cursor, event } = search;
  const params = new URLSearchParams();
  const set = (key: string, value: string | undefined) => value && params.set(key, value);
  set('q', printText(filter));
  for (const key of valueKeys) {
    for (const value of filter[key]?.is ?? []) params.append(key, value);
    for (const value of filter[key]?.not ?? []) params.append(`not_${key}`, value);
  }
  for (const [key, value] of createdParams(filter)) params.set(key, value);
  if (size !== defaultPageSize) set('size', size?.toString());
  set('cursor', cursor);
  set('event', event);
  return params;
}

function createdParams({ created }: AuditFilter): [string, string][] {
  if (!created) return [];
  const { not, range } = created;
  const ends: [string, string | undefined][] =
    'last' in range
      ? [['range', range.last]]
      : [
          ['from', range.from?.toISOString()],
          ['to', range.to?.toISOString()],
        ];
  return ends.flatMap(([key, value]) => (value ? [[not ? `not_${key}` : key, value]] : []));
}

function readCreated(read: ParamReader, not: boolean): void {
  const name = (key: string) => (not ? `not_${key}` : key);
  const from = read.instant(name('from'));
  const to = read.instant(name('to'));
  const last = read.choice(name('range'), [...Object.keys(presets), 'all']);
  const set = (range: TimeRange, text: string) => read.draft.setCreated({ not, range }, text);
  if (from && to && from >= to)
    read.draft.tell('The end of the time range is not after its beginning. It was left out.');
  else if (from || to) set({ ...(from && { from }), ...(to && { to }) }, `${name('from')}, ${name('to')}`);
  if (last !== undefined && isPreset(last)) set({ last }, `${name('range')}=${last}`);
}

/** The address, parameter by parameter. Empty ones come from the empty fields of a form: nothing was chosen. */
class ParamReader {
  constructor(
    private readonly params: SearchParams,
    readonly draft: FilterDraft,
    private readonly zone: string,
  ) {}

  all(key: string): string[] {
    const value = Object.hasOwn(this.params, key) ? this.params[key] : undefined;
    return [value ?? []]
      .flat()
      .map((item) => item.trim())
      .filter(Boolean);
  }

  one(key: string): string | undefined {
    const [value, ...rest] = this.all(key);
    if (rest.length > 0)
      this.draft.tell(`The filter “${key}” was given more than once. Only the first is used.`);
    // A query is as long as it likes; its parts are not.
    if (key === 'q' || value === undefined || value.length <= filterLimits.valueLength) return value;
    this.draft.tell(
      `The filter “${key}” is longer than ${filterLimits.valueLength} characters and was left out.`,
    );
    return undefined;
  }

  choice(key: string, known: readonly string[]): string | undefined {
    const value = this.one(key);
    if (value === undefined || known.includes(value)) return value;
    this.draft.tell(`The filter “${key}” cannot be “${shorten(value)}”. It is one of ${known.join(', ')}.`);
    return undefined;
  }

  instant(key: string): Date | undefined {
    const value = this.one(key);
    const instant = value === undefined ? undefined : parseInstant(value, this.zone);
    if (value !== undefined && !instant)
      this.draft.tell(`“${shorten(value)}” is not a date and time. Write it like 2026-11-23T14:00.`);
    return instant;
  }
}
