import { PasswordForm } from '@/components/account/password-form';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { ActionState } from '@/lib/action/state';

type PasswordCardProps = {
  email: string;
  /** Absent for somebody without a password. */
  action: ((state: ActionState, form: FormData) => Promise<ActionState>) | undefined;
};

/**
 * A change of password. Who has none gets none here: their identity provider alone says who they are, so neither a
 * stolen session nor an account that the provider has closed can be turned into a way in of its own.
 */
export function PasswordCard({ email, action }: PasswordCardProps) {
  return (
    <Card aria-labelledby="password-title">
      <CardHeader
        titleId="password-title"
        title="Password"
        description={
          action
            ? 'A new one ends every other session of yours.'
            : 'You have none here: you sign in through an identity provider.'
        }
      />
      {action && (
        <CardBody>
          <PasswordForm action={action} email={email} />
        </CardBody>
      )}
    </Card>
  );
}
