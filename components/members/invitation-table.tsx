import { Ellipsis, Link2, MailX, ScrollText } from 'lucide-react';
import { endOf, SentAt } from '@/components/members/invitation-words';
import { invitationHref } from '@/components/members/paths';
import { roleLabel } from '@/components/members/role-words';
import { Menu } from '@/components/ui/menu';
import { MenuLink } from '@/components/ui/menu-link';
import { RowLink } from '@/components/ui/row-link';
import { CellLabel, type Column, Table } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { Invitation } from '@/lib/members/invitations/list-invitations';

function columnsFor(zone: string, end: string): Column<Invitation>[] {
  return [
    {
      header: 'E-mail',
      className: 'sm:w-[34%]',
      cell: ({ id, email }) => (
        <span className="block sm:truncate">
          <RowLink href={invitationHref(id)}>{email}</RowLink>
        </span>
      ),
    },
    {
      header: 'Role',
      className: 'max-sm:order-3 max-sm:col-span-2 max-sm:mt-2 sm:w-24',
      cell: ({ role }) => (
        <>
          <CellLabel>Role</CellLabel>
          {roleLabel(role)}
        </>
      ),
    },
    {
      header: 'Invited by',
      className: 'max-sm:order-4 max-sm:col-span-2',
      cell: ({ inviter }) => (
        <span className="block sm:truncate">
          <CellLabel>Invited by</CellLabel>
          {inviter}
        </span>
      ),
    },
    {
      header: 'Sent',
      className: 'max-sm:order-5 max-sm:col-span-2 sm:w-41',
      cell: (invitation) => (
        <>
          <CellLabel>Sent</CellLabel>
          <SentAt invitation={invitation} zone={zone} />
        </>
      ),
    },
    {
      header: end,
      className: 'max-sm:order-6 max-sm:col-span-2 sm:w-41',
      cell: (invitation) => (
        <>
          <CellLabel>{end}</CellLabel>
          <Time value={endOf(invitation).at} zone={zone} precision="minute" />
        </>
      ),
    },
    {
      header: <span className="sr-only">Actions</span>,
      className: 'max-sm:order-2 max-sm:justify-self-end sm:w-15 sm:text-right',
      cell: (invitation) => (
        // Above the link that covers the row.
        <span className="relative z-1 inline-block">
          <InvitationMenu invitation={invitation} />
        </span>
      ),
    },
  ];
}

function InvitationMenu({ invitation: { id, email, state } }: { invitation: Invitation }) {
  const page = invitationHref(id);
  const open = state === 'pending' || state === 'expired';
  return (
    <Menu size="icon" variant="ghost" icon={<Ellipsis />} label={`Actions for ${email}`}>
      {open ? (
        <>
          <MenuLink href={`${page}#link`} icon={<Link2 />}>
            Send again or copy a link
          </MenuLink>
          <MenuLink href={`${page}/revoke`} icon={<MailX />}>
            Revoke
          </MenuLink>
        </>
      ) : (
        <MenuLink href={page} icon={<ScrollText />}>
          Details
        </MenuLink>
      )}
    </Menu>
  );
}

type InvitationTableProps = { rows: readonly Invitation[]; zone: string; end: string };

/** A page of invitations in one state, newest first; `end` is the heading of its last column. */
export function InvitationTable({ rows, zone, end }: InvitationTableProps) {
  return (
    <Table
      caption="Invitations, newest first"
      columns={columnsFor(zone, end)}
      rows={rows}
      rowId={({ id }) => id}
    />
  );
}
