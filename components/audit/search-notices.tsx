import { Notice } from '@/components/ui/notice';
import type { AuditSearch } from '@/lib/audit/filter/audit-filter';
import type { StoredEvent } from '@/lib/audit/get-event';
import type { AuditPage } from '@/lib/audit/query/list-events';

type SearchNoticesProps = { search: AuditSearch; page: AuditPage; event: StoredEvent | undefined };

/** What in the address was not understood, and what is shown instead. */
export function SearchNotices({ search, page, event }: SearchNoticesProps) {
  const notices = [...search.notices];
  if (page.cursorRefused) notices.push("This link's page position no longer exists. Showing newest.");
  if (search.event && !event) notices.push('The event in this link does not exist in this organization.');
  if (notices.length === 0) return null;
  return (
    <Notice tone="warn" title="Part of this address was not understood" announce>
      <ul>
        {notices.map((notice) => (
          <li key={notice}>{notice}</li>
        ))}
      </ul>
    </Notice>
  );
}
