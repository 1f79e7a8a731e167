import type { ReceivedInvitation } from '@/lib/members/invitations/received-invitation';
import { roleName } from '@/lib/members/role-name';

/** Who offers what to whom, and the words that came with it. */
export function InvitationOffer({ invitation }: { invitation: ReceivedInvitation }) {
  const { inviter, organization, role, email, note } = invitation;
  return (
    <>
      {inviter} invited {email} to join {organization.name} as {roleName(role)}.
      {note && (
        <span className="mt-3 block border-l-2 border-line-strong pl-3 whitespace-pre-line text-ink">
          {note}
        </span>
      )}
    </>
  );
}
