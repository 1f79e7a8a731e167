import { RoleForm } from '@/components/members/role-form';
import { RoleGuide } from '@/components/members/role-words';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { ActionState } from '@/lib/action/state';
import type { MemberDetail } from '@/lib/members/get-member';

type RoleCardProps = {
  member: MemberDetail;
  self: boolean;
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
};

/** The form, or why there is none. */
export function RoleCard({ member, self, action }: RoleCardProps) {
  const { id, name, role, onlyAdmin } = member;
  return (
    <Card aria-labelledby="role-title">
      <CardHeader titleId="role-title" title="Change role" description={<RoleGuide />} />
      <CardBody>
        {onlyAdmin && (
          <Notice tone="info" title={`${self ? 'You are' : `${name} is`} the only admin.`}>
            Make somebody else an admin first; without one nobody could change anything here.
          </Notice>
        )}
        {self && !onlyAdmin && (
          <Notice tone="info" title="Nobody changes their own role.">
            Another admin has to do it, so that a slip of yours does not lock you out.
          </Notice>
        )}
        {!self && !onlyAdmin && <RoleForm key={role} action={action} id={id} name={name} role={role} />}
      </CardBody>
    </Card>
  );
}
