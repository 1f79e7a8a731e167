import type { FormAction } from '@/components/ui/form-action';
import { SubmitButton } from '@/components/ui/submit-button';

/** How somebody without a password proves who they are: their identity provider has to say so once more. */
export function SignInAgain({ action, next }: { action: FormAction; next: string }) {
  return (
    <form action={action} className="grid justify-items-start gap-4">
      <input type="hidden" name="next" value={next} />
      <p>
        You have no password here: an identity provider says who you are. Sign out and in again, and you come
        back to the page you asked for.
      </p>
      <SubmitButton pendingLabel="Signing out…">Sign out and in again</SubmitButton>
    </form>
  );
}
