import { countOf } from '@/components/members/count-words';
import { MemberStatusWord } from '@/components/members/member-status';
import { roleLabel } from '@/components/members/role-words';
import { Card, CardBody } from '@/components/ui/card';
import { DefinitionList } from '@/components/ui/definition-list';
import { Time } from '@/components/ui/time';
import type { MemberDetail } from '@/lib/members/get-member';

/** Who somebody is here, and what they can act through at this moment. */
export function MemberProfile({ member, zone }: { member: MemberDetail; zone: string }) {
  const { email, role, status, joinedAt, lastActiveAt, sessions, apiKeys } = member;
  return (
    <Card aria-label="Profile">
      <CardBody>
        <DefinitionList
          items={[
            { term: 'E-mail', description: email },
            { term: 'Role', description: roleLabel(role) },
            { term: 'Status', description: <MemberStatusWord status={status} /> },
            {
              term: 'Joined',
              description: <Time value={joinedAt} zone={zone} precision="minute" withOffset />,
            },
            {
              term: 'Last active',
              description: lastActiveAt ? (
                <Time value={lastActiveAt} zone={zone} precision="minute" withOffset />
              ) : (
                'Never'
              ),
            },
            {
              term: 'Signed in',
              description: sessions === 0 ? 'Nowhere' : `In ${countOf(sessions, 'session')}`,
            },
            {
              term: 'API keys',
              description: apiKeys === 0 ? 'None' : `${apiKeys.toLocaleString('en')} active`,
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}
