import type { ReactNode } from 'react';
import { ProviderLinks } from '@/components/auth/provider-links';
import { SignInForm } from '@/components/auth/sign-in-form';
import type { ActionState } from '@/lib/action/state';
import type { SignInPage } from '@/lib/auth/sign-in-page';

type SignInCardProps = {
  /** Undefined where nobody has said yet which organization they belong to. */
  page: SignInPage | undefined;
  next: string;
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** Another way, under the others. */
  children?: ReactNode;
};

/** The ways in: a password, and the organization's identity providers. Without e-mail those come first. */
export function SignInCard({ page, next, action, children }: SignInCardProps) {
  const providers = page && page.providers.length > 0 && (
    <ProviderLinks {...page} next={next} leading={!page.email} />
  );
  if (page?.email === false) {
    return (
      <div className="grid gap-6">
        {providers}
        <SignInForm action={action} next={next} folded="Sign in as an admin with a password" />
      </div>
    );
  }
  const others = providers || children;
  return (
    <>
      <SignInForm action={action} next={next} />
      {others && (
        <>
          <p className="my-5 flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or
          </p>
          {others}
        </>
      )}
    </>
  );
}
