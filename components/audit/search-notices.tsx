import type { OpenEvent } from '@/components/audit/event-panel';
import { Notice } from '@/components/ui/notice';
import type { AuditSearch } from '@/lib/audit/filter/audit-filter';
import type { AuditPage } from '@/lib/audit/query/list-events';

/** What in the address was not understood, and what is shown instead. */
export function SearchNotices({ notices }: { notices: readonly string[] }) {
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

/** What of a search could not be shown: by the parser, by its page, by the event it names, once these were looked for. */
export function noticesOf(
  search: AuditSearch,
  found?: { page: AuditPage; open: OpenEvent | undefined },
): string[] {
  const notices = [...search.notices];
  if (!found) return notices;
  if (found.page.cursorRefused) notices.push("This link's page position no longer exists. Showing newest.");
  if (search.event && !found.open)
    notices.push('The event in this link does not exist in this organization.');
  return notices;
}
