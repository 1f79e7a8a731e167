import { Button } from '@/components/ui/button';
import type { FormAction } from '@/components/ui/form-action';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Actor } from '@/lib/auth/actor-source';

type SignedInAsAnotherProps = {
  actor: Actor;
  /** Whom the invitation is for. */
  email: string;
  token: string;
  action: FormAction;
};

/** An invitation makes a new account, so whoever is signed in has to choose first. */
export function SignedInAsAnother({ actor, email, token, action }: SignedInAsAnotherProps) {
  const { user, organization } = actor;
  return (
    <div className="grid gap-4">
      <Notice tone="info" title={`You are signed in as ${user.name}`}>
        That is {user.email} of {organization.name}. The invitation makes another account, for {email}.
      </Notice>
      <form action={action} className="flex flex-wrap gap-2.5">
        <input type="hidden" name="token" value={token} />
        <SubmitButton pendingLabel="Signing out…">Sign out and continue</SubmitButton>
        <Button href="/">Stay signed in</Button>
      </form>
    </div>
  );
}
