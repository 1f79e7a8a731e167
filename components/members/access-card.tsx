import { LogOut, UserX } from 'lucide-react';
import { ConfirmForm } from '@/components/members/confirm-form';
import { memberHref } from '@/components/members/paths';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { ActionState } from '@/lib/action/state';
import type { MemberDetail } from '@/lib/members/get-member';
import { roleName } from '@/lib/members/role-name';

type AccessCardProps = {
  member: MemberDetail;
  reactivate: (state: ActionState, form: FormData) => Promise<ActionState>;
};

/** Ways to end somebody else's access, and to give it back. */
export function AccessCard({ member, reactivate }: AccessCardProps) {
  const { id, name, role, status, onlyAdmin } = member;
  const page = memberHref(id);
  if (status === 'deactivated') {
    return (
      <Card aria-labelledby="access-title">
        <CardHeader
          titleId="access-title"
          title="Access"
          description={`${name} cannot sign in. Reactivated, they come back as ${roleName(role)}.`}
        />
        <CardBody>
          <ConfirmForm action={reactivate} id={id} variant="primary" pendingLabel="Reactivating…">
            Reactivate
          </ConfirmForm>
        </CardBody>
      </Card>
    );
  }
  return (
    <Card aria-labelledby="access-title">
      <CardHeader
        titleId="access-title"
        title="Access"
        description="Signing out ends sessions only. A deactivated member cannot sign in until an admin reactivates them."
      />
      <CardBody className="flex flex-wrap gap-2.5">
        <Button href={`${page}/sign-out`} icon={<LogOut />}>
          Sign out everywhere
        </Button>
        {!onlyAdmin && (
          <Button href={`${page}/deactivate`} variant="ghost-danger" icon={<UserX />}>
            Deactivate
          </Button>
        )}
      </CardBody>
    </Card>
  );
}
