import { NameForm } from '@/components/account/name-form';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DefinitionList } from '@/components/ui/definition-list';
import type { ActionState } from '@/lib/action/state';

type ProfileCardProps = {
  user: { name: string; email: string; role: string };
  organization: { name: string };
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
};

/** Who the person is: the name, which is theirs to change, and what only an admin changes. */
export function ProfileCard({ user, organization, action }: ProfileCardProps) {
  return (
    <Card aria-labelledby="profile-title">
      <CardHeader titleId="profile-title" title="Profile" />
      <CardBody className="grid gap-4">
        <NameForm action={action} name={user.name} />
        <DefinitionList
          items={[
            { term: 'E-mail', description: user.email },
            { term: 'Role', description: <span className="capitalize">{user.role}</span> },
            { term: 'Organization', description: organization.name },
          ]}
        />
      </CardBody>
    </Card>
  );
}
