import { type AuditFilter, type FilterKey, filterKeys } from './audit-filter';
import { FilterDraft } from './filter-draft';
import { parseTimeRange, printTimeRange } from './time-range';
import { type Token, tokenize } from './tokenize';
import { shorten, suggestion } from './values';
import { otherNames, queryKeys } from './vocabulary';

/**
 * Reads what somebody typed, such as `action:user.* -actor:"ci bot" created:2026-11-01.. prod`; docs/audit-log.md has
 * the grammar. Never fails: what is not understood is left out and told. Days and times are read in `zone`.
 */
export function parseQuery(query: string, zone: string): { filter: AuditFilter; notices: string[] } {
  const draft = new FilterDraft();
  readQuery(draft, query, zone);
  // The limits tell too, so the notices are taken last.
  const filter = draft.finish();
  return { filter, notices: draft.notices };
}

/** Adds the parts of a query to a draft. */
export function readQuery(draft: FilterDraft, query: string, zone: string): void {
  for (const token of tokenize(query)) readToken(draft, token, zone);
}

/** The query of a filter in its canonical form: parseQuery(printQuery(filter, zone), zone) is the filter. */
export function printQuery(filter: AuditFilter, zone: string): string {
  const clauses = filterKeys
    .filter((key) => key !== 'text')
    .flatMap((key) => [clause('', key, filter[key]?.is ?? []), clause('-', key, filter[key]?.not ?? [])]);
  const { created } = filter;
  const time = created ? `${created.not ? '-' : ''}created:${printTimeRange(created.range, zone)}` : '';
  return [...clauses, time, printText(filter)].filter(Boolean).join(' ');
}

/** The words of a filter alone, as they stand in the address. */
export function printText({ text }: AuditFilter): string {
  const words = (text?.is ?? []).map((word) => bareOrQuoted('', word));
  return [...words, ...(text?.not ?? []).map((word) => bareOrQuoted('-', word))].join(' ');
}

/** What is told about a key that does not exist. */
export function unknownKey(key: string, known: readonly string[]): string {
  const meant = Object.hasOwn(otherNames, key) ? otherNames[key] : undefined;
  const hint = meant ? ` Did you mean “${meant}”?` : suggestion(key, known);
  return `Unknown filter “${shorten(key)}”. It was left out.${hint}`;
}

function readToken(draft: FilterDraft, { key = 'text', not, values }: Token, zone: string): void {
  if (key === 'created') {
    for (const value of values) readCreated(draft, not, value, zone);
  } else if (isFilterKey(key)) {
    if (values.every((value) => value.trim() === '')) draft.tell(`The filter “${key}” has no value.`);
    for (const value of values) draft.add(key, not, value);
  } else {
    draft.tell(unknownKey(key, Object.keys(queryKeys)));
  }
}

function readCreated(draft: FilterDraft, not: boolean, value: string, zone: string): void {
  const range = parseTimeRange(value.trim(), zone);
  if (range) {
    draft.setCreated({ not, range }, `created:${value}`);
  } else {
    draft.tell(
      `“${shorten(value)}” is not a time. Write it like 24h, 2026-11-01, 2026-11-01..2026-11-07 or >=2026-11-01T14:00.`,
    );
  }
}

function isFilterKey(key: string): key is FilterKey {
  return filterKeys.some((known) => known === key);
}

function clause(sign: '' | '-', key: FilterKey, values: readonly string[]): string {
  if (values.length === 0) return '';
  return `${sign}${key}:${values.map((value) => bareOrQuoted(`${key}:`, value)).join(',')}`;
}

/** A value after its prefix: as it is where it would be read as the same, in quotation marks where it would not. */
function bareOrQuoted(prefix: string, value: string): string {
  const shown = prefix.endsWith(':') ? '' : prefix;
  const [token, ...rest] = tokenize(`${prefix}${value}`);
  const key = prefix.endsWith(':') ? prefix.slice(0, -1) : undefined;
  const same =
    rest.length === 0 &&
    token?.key === key &&
    token?.not === (prefix === '-') &&
    token.values.length === 1 &&
    token.values[0] === value;
  return same ? `${shown}${value}` : `${shown}"${value.replace(/["\\]/g, '\\$&')}"`;
}
