import type { AuditSearch } from '@/lib/audit/filter/audit-filter';
import { formatAuditSearch } from '@/lib/audit/filter/search-params';

export const logPath = '/settings/audit-log';

/** The address of the log that shows this search; the plain page where nothing differs from the default. */
export function logHref(search: Partial<Omit<AuditSearch, 'notices'>>): string {
  const query = formatAuditSearch(search).toString();
  return query ? `${logPath}?${query}` : logPath;
}
