import { createHash } from 'node:crypto';
import { zonedToInstant } from '@/lib/zoned-time';
import { auditActions, isAuditAction } from './catalog';
import type { Outcome } from './event';

/** The lengths of the relative ranges in milliseconds; null means without a beginning. */
export const ranges = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
  '90d': 90 * 86_400_000,
  all: null,
} as const;
export type Range = keyof typeof ranges;

/** What a reader asks of the log. The page, its links, and every query share this one description. */
export type AuditFilter = {
  /** Exact actions, or a family such as "scan.*". Empty: every action. */
  actions: string[];
  /** An id, or the beginning of a name or an e-mail address. */
  actor?: string;
  outcome?: Outcome;
  /** Relative to now until the reader fixes the two ends. */
  range: Range;
  from?: Date;
  to?: Date;
  /** Anywhere in names, e-mail addresses, ids, the action or the address. */
  text?: string;
};

export type AuditSearch = {
  filter: AuditFilter;
  size: PageSize;
  cursor?: string;
  event?: string;
  /** What could not be understood, in words for the reader. Nothing is dropped in silence. */
  notices: string[];
};

export const pageSizes = [25, 50, 100] as const;
export type PageSize = (typeof pageSizes)[number];
export type SearchParams = Record<string, string | string[] | undefined>;

const defaultRange: Range = 'all';
const defaultSize: PageSize = 50;
const maxTextLength = 200;
const maxActions = 20;
const knownKeys = new Set([
  'q',
  'action',
  'actor',
  'result',
  'range',
  'from',
  'to',
  'size',
  'cursor',
  'event',
]);

/**
 * Reads a filter from the address. A value that is not understood becomes a notice and its default, never an error page.
 * Times without a zone are read in `zone`.
 */
export function parseAuditSearch(params: SearchParams, zone: string): AuditSearch {
  const notices: string[] = [];
  const one = (key: string): string | undefined => {
    const values = listOf(params[key]);
    if (values.length > 1)
      notices.push(`The filter “${key}” was given more than once. Only the first is used.`);
    const value = values[0];
    if (value?.includes('\0')) {
      notices.push(`The filter “${key}” holds a character that no event can hold. It was left out.`);
      return undefined;
    }
    if (value === undefined || value.length <= maxTextLength) return value;
    notices.push(`The filter “${key}” is longer than ${maxTextLength} characters and was left out.`);
    return undefined;
  };
  const time = (key: string): Date | undefined => {
    const value = one(key);
    if (value === undefined) return undefined;
    const instant = parseInstant(value, zone);
    if (!instant) notices.push(`“${value}” is not a date and time. Write it like 2026-11-23T14:00.`);
    return instant;
  };

  for (const key of Object.keys(params)) {
    if (!knownKeys.has(key)) notices.push(`There is no filter “${shorten(key)}”. It was left out.`);
  }
  const filter: AuditFilter = {
    actions: parseActions(listOf(params.action), notices),
    range: choose(one('range'), Object.keys(ranges) as Range[], defaultRange, 'range', notices),
  };
  const from = time('from');
  const to = time('to');
  if (from && to && from >= to)
    notices.push('The end of the time range is not after its beginning. It was left out.');
  else Object.assign(filter, from && { from }, to && { to });
  if (filter.from || filter.to) filter.range = 'all';
  const result = one('result');
  if (result === 'success' || result === 'failure') filter.outcome = result;
  else if (result) notices.push(`There is no result “${shorten(result)}”. It is success or failure.`);
  const actor = one('actor');
  if (actor) filter.actor = actor;
  const text = one('q');
  if (text) filter.text = text;

  const size = choose(one('size'), pageSizes.map(String), String(defaultSize), 'size', notices);
  const search: AuditSearch = {
    filter,
    notices,
    size: pageSizes.find((n) => String(n) === size) ?? defaultSize,
  };
  const cursor = one('cursor');
  if (cursor) search.cursor = cursor;
  const event = one('event');
  if (event) search.event = event;
  return search;
}

/** The address of a search: only what differs from the default, in a fixed order. parse(format(x)) is x. */
export function formatAuditSearch(search: Partial<Omit<AuditSearch, 'notices'>>): URLSearchParams {
  const { filter, size, cursor, event } = search;
  const params = new URLSearchParams();
  const set = (key: string, value: string | undefined) => value && params.set(key, value);
  set('q', filter?.text);
  for (const action of filter?.actions ?? []) params.append('action', action);
  set('actor', filter?.actor);
  set('result', filter?.outcome);
  if (filter?.range !== defaultRange) set('range', filter?.range);
  set('from', filter?.from?.toISOString());
  set('to', filter?.to?.toISOString());
  if (size !== defaultSize) set('size', size?.toString());
  set('cursor', cursor);
  set('event', event);
  return params;
}

/** Whether nothing is excluded, so that an empty table means an empty log. */
export function isUnfiltered(filter: AuditFilter): boolean {
  return formatAuditSearch({ filter }).size === 0;
}

/** Ties a page position to the filter it was made for. */
export function filterDigest(filter: AuditFilter): string {
  return createHash('sha256')
    .update(formatAuditSearch({ filter }).toString())
    .digest('base64url')
    .slice(0, 12);
}

function parseActions(values: string[], notices: string[]): string[] {
  const actions = [...new Set(values)].filter((value) => {
    const known = value.endsWith('.*')
      ? auditActions.some((action) => action.startsWith(value.slice(0, -1)))
      : isAuditAction(value);
    if (!known) notices.push(`There is no action “${shorten(value)}”. It was left out.`);
    return known;
  });
  if (actions.length > maxActions) notices.push(`Only the first ${maxActions} actions are used.`);
  return actions.slice(0, maxActions);
}

function parseInstant(value: string, zone: string): Date | undefined {
  const offset = /(Z|[+-]\d{2}:\d{2})$/.exec(value)?.[0];
  const local = offset ? value.slice(0, -offset.length) : value;
  // Read in UTC it only has to be a day of the calendar: Date alone takes 31 February for 3 March.
  const instant = offset ? zonedToInstant(local, 'UTC') && new Date(value) : zonedToInstant(local, zone);
  if (!instant || Number.isNaN(instant.getTime())) return undefined;
  // PostgreSQL has no year 0, and an address is written with four digits. No event is that old or that young.
  return /^[1-9]\d{3}-/.test(instant.toISOString()) ? instant : undefined;
}

function choose<T extends string>(
  value: string | undefined,
  known: T[],
  otherwise: T,
  key: string,
  notices: string[],
): T {
  const found = known.find((candidate) => candidate === value);
  if (value && !found)
    notices.push(`The filter “${key}” cannot be “${shorten(value)}”. It is one of ${known.join(', ')}.`);
  return found ?? otherwise;
}

/** Empty form fields arrive as empty strings; they mean nothing was chosen. */
function listOf(value: string | string[] | undefined): string[] {
  return [value ?? []]
    .flat()
    .map((item) => item.trim())
    .filter(Boolean);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
