import { logPath } from '@/components/audit/log-href';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { formatAuditSearch } from '@/lib/audit/filter/search-params';

export const viewsPath = `${logPath}/views`;

/** The log as a view shows it. */
export function viewHref({ query }: { query: string }): string {
  return `${logPath}?${query}`;
}

/** Where a filter gets a name. */
export function newViewHref(filter: AuditFilter): string {
  return `${viewsPath}/new?${formatAuditSearch({ filter })}`;
}

/** What a form has done; the list says it. */
export type ViewOutcome = 'saved' | 'changed' | 'deleted' | 'default' | 'no-default';

export function viewsHref(done: ViewOutcome, id?: string): string {
  return `${viewsPath}?${new URLSearchParams({ done, ...(id && { view: id }) })}`;
}
