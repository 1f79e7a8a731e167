import { z } from 'zod';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { readParams } from '@/lib/audit/filter/read-params';
import { parseAuditSearch } from '@/lib/audit/filter/search-params';
import { displayName } from '@/lib/organization/display-name';

/** Views that one person may keep. More would be a log of searches, and nobody finds one among them. */
export const maxViews = 50;

/** Longer than any filter that a person makes; a list of views stays small enough to be read with each page of the log. */
export const maxQueryLength = 4_000;

const maxNameLength = 60;

export const viewName = displayName('a name').pipe(
  z.string().max(maxNameLength, `Use at most ${maxNameLength} characters.`),
);

/** The filter of a view that is kept as it stands in the address. What is not understood any more is left out. */
export function viewFilter(query: string): AuditFilter {
  return parseAuditSearch(readParams(new URLSearchParams(query)), 'UTC').filter;
}
