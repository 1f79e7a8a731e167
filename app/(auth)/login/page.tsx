import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/auth/sign-in-form';
import { AuthShell } from '@/components/layout/auth-shell';
import { Notice } from '@/components/ui/notice';
import { currentActor } from '@/lib/auth/actor';
import { safePath } from '@/lib/auth/safe-path';
import { hasOrganization } from '@/lib/organization/has-organization';
import { signInAction } from './actions';

export const metadata: Metadata = { title: 'Sign in' };

type Search = Record<string, string | string[] | undefined>;

export default async function LoginPage({ searchParams }: { searchParams: Promise<Search> }) {
  if (!(await hasOrganization())) redirect('/setup');
  const search = await searchParams;
  const next = safePath(search.next);
  if (await currentActor()) redirect(next);

  return (
    <AuthShell title="Sign in" footer="No account yet? An admin of your organization can give you one.">
      {search.error !== undefined && (
        <div className="mb-4">
          <Notice tone="bad" title="You were not signed in.">
            Try again below.
          </Notice>
        </div>
      )}
      <SignInForm action={signInAction} next={next} />
    </AuthShell>
  );
}
