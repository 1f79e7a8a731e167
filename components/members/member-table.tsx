import { MemberMenu } from '@/components/members/member-menu';
import { MemberStatusWord } from '@/components/members/member-status';
import { memberHref } from '@/components/members/paths';
import { roleLabel } from '@/components/members/role-words';
import { Avatar } from '@/components/ui/avatar';
import { RowLink } from '@/components/ui/row-link';
import { CellLabel, type Column, Table } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { Member } from '@/lib/members/list-members';

function columnsFor(zone: string, selfId: string): Column<Member>[] {
  return [
    {
      header: 'User',
      className: 'sm:w-[34%]',
      cell: ({ id, name, email }) => (
        <span className="flex items-center gap-2.5">
          <Avatar name={name} />
          <span className="min-w-0">
            <span className="flex min-w-0 items-baseline gap-1.5">
              <span className="truncate">
                <RowLink href={memberHref(id)}>{name}</RowLink>
              </span>
              {id === selfId && <span className="text-muted">(you)</span>}
            </span>
            <span className="block truncate text-xs text-muted">{email}</span>
          </span>
        </span>
      ),
    },
    {
      header: 'Role',
      className: 'max-sm:order-3 max-sm:mt-2',
      cell: ({ role }) => (
        <>
          <CellLabel>Role</CellLabel>
          {roleLabel(role)}
        </>
      ),
    },
    {
      header: 'Status',
      className: 'max-sm:order-4 max-sm:mt-2 sm:w-32',
      cell: ({ status }) => <MemberStatusWord status={status} />,
    },
    {
      header: 'Last active',
      className: 'max-sm:order-5 max-sm:col-span-2 sm:w-41',
      cell: ({ lastActiveAt }) => (
        <>
          <CellLabel>Last active</CellLabel>
          {lastActiveAt ? <Time value={lastActiveAt} zone={zone} precision="minute" /> : 'Never'}
        </>
      ),
    },
    {
      header: 'Joined',
      className: 'max-sm:order-6 max-sm:col-span-2 sm:w-30',
      cell: ({ joinedAt }) => (
        <>
          <CellLabel>Joined</CellLabel>
          <Time value={joinedAt} zone={zone} show="date" />
        </>
      ),
    },
    {
      header: <span className="sr-only">Actions</span>,
      className: 'max-sm:order-2 max-sm:justify-self-end sm:w-15 sm:text-right',
      cell: (member) => (
        // Above the link that covers the row.
        <span className="relative z-1 inline-block">
          <MemberMenu member={member} self={member.id === selfId} />
        </span>
      ),
    },
  ];
}

type MemberTableProps = { rows: readonly Member[]; zone: string; selfId: string };

/** A page of members, by name. */
export function MemberTable({ rows, zone, selfId }: MemberTableProps) {
  return (
    <Table caption="Members, by name" columns={columnsFor(zone, selfId)} rows={rows} rowId={({ id }) => id} />
  );
}
