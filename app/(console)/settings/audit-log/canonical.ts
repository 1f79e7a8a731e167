import type { AuditSearch } from '@/lib/audit/filter/audit-filter';
import { formatAuditSearch, type SearchParams } from '@/lib/audit/filter/search-params';

/** Whether the address is already the one that `logHref` writes for it, or the plain one. */
export function isCanonical(params: SearchParams, search: AuditSearch): boolean {
  const given = new URLSearchParams();
  for (const [key, values] of Object.entries(params)) {
    for (const value of [values ?? []].flat()) given.append(key, value);
  }
  const wanted = formatAuditSearch(search);
  given.sort();
  wanted.sort();
  return [wanted.toString() || 'range=all', wanted.toString()].includes(given.toString());
}
