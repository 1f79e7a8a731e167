import { FilterX } from 'lucide-react';
import { MemberTable } from '@/components/members/member-table';
import { membersPath } from '@/components/members/paths';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Pagination } from '@/components/ui/pagination';
import type { MemberPage } from '@/lib/members/list-members';
import { formatMemberSearch, isUnfiltered, type MemberCursor, type MemberFilter } from '@/lib/members/search';

type MemberListProps = {
  page: MemberPage;
  /** How many match, "1,204" or "10,000+". */
  total: string;
  filter: MemberFilter;
  zone: string;
  selfId: string;
};

export function MemberList({ page, total, filter, zone, selfId }: MemberListProps) {
  const { rows, next, previous } = page;
  const href = (cursor: MemberCursor | undefined) =>
    cursor && `${membersPath}?${formatMemberSearch({ filter, cursor })}`;
  return (
    <Card aria-label="Members">
      {rows.length === 0 ? (
        <EmptyState
          icon={<FilterX />}
          title={filter.text ? `No member matches “${filter.text}”` : 'No member matches these filters'}
          action={<Button href={membersPath}>Clear all filters</Button>}
        >
          Names and e-mail addresses are searched, of active and deactivated members.
        </EmptyState>
      ) : (
        <>
          <p className="px-4.5 py-3 text-sm text-muted">
            By name, {rows.length} of {total}
            {!isUnfiltered(filter) && ' that match'}
          </p>
          <MemberTable rows={rows} zone={zone} selfId={selfId} />
        </>
      )}
      {(next || previous) && (
        <Pagination
          label="Pages of members"
          newerHref={href(previous)}
          newerLabel="Previous"
          olderHref={href(next)}
          olderLabel="Next"
        />
      )}
    </Card>
  );
}
