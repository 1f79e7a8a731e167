import { endOf, InvitationStateWord, SentAt } from '@/components/members/invitation-words';
import { roleLabel } from '@/components/members/role-words';
import { Card, CardBody } from '@/components/ui/card';
import { DefinitionList } from '@/components/ui/definition-list';
import { Time } from '@/components/ui/time';
import type { Invitation } from '@/lib/members/invitations/list-invitations';

/** Who was invited to what by whom, and where it stands. */
export function InvitationProfile({ invitation, zone }: { invitation: Invitation; zone: string }) {
  const { role, note, inviter, state, createdAt } = invitation;
  const end = endOf(invitation);
  return (
    <Card aria-label="Invitation">
      <CardBody>
        <DefinitionList
          items={[
            { term: 'State', description: <InvitationStateWord state={state} /> },
            { term: 'Role', description: roleLabel(role) },
            { term: 'Invited by', description: inviter },
            {
              term: 'Invited',
              description: <Time value={createdAt} zone={zone} precision="minute" withOffset />,
            },
            { term: 'Sent', description: <SentAt invitation={invitation} zone={zone} /> },
            {
              term: end.word,
              description: <Time value={end.at} zone={zone} precision="minute" withOffset />,
            },
            ...(note
              ? [{ term: 'Message', description: <p className="whitespace-pre-line">{note}</p> }]
              : []),
          ]}
        />
      </CardBody>
    </Card>
  );
}
