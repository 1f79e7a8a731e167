import type { AuditFilter, AuditSearch } from '@/lib/audit/filter/audit-filter';
import { formatAuditSearch } from '@/lib/audit/filter/search-params';

/** Where the log begins: with the view that opens first for whoever has one, with all events for everybody else. */
export const logPath = '/settings/audit-log';

/** All events, whatever opens first. */
export const allEventsHref = `${logPath}?range=all`;

/** The address of the log that shows this search. */
export function logHref(search: Partial<Omit<AuditSearch, 'notices'>>): string {
  const query = formatAuditSearch(search).toString();
  return query ? `${logPath}?${query}` : allEventsHref;
}

/** Where the events of a filter are exported: with a format the address that makes the file, without one the page that asks for it. */
export function exportHref(filter: AuditFilter, format?: string): string {
  const query = formatAuditSearch({ filter });
  if (format !== undefined) query.set('format', format);
  const path = `${logPath}/export${format === undefined ? '' : '/file'}`;
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Where everything that is counted about the events of a filter stands as tables. */
export function countsHref(filter: AuditFilter): string {
  const query = formatAuditSearch({ filter }).toString();
  return query ? `${logPath}/counts?${query}` : `${logPath}/counts`;
}

/** Where a page is told of events that are newer than the one with this number. */
export function watchHref(filter: AuditFilter, seq: string): string {
  const query = formatAuditSearch({ filter });
  query.set('after', seq);
  return `${logPath}/live?${query}`;
}
