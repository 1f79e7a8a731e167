import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { OrganizationForm } from '@/components/auth/organization-form';
import { SignInCard } from '@/components/auth/sign-in-card';
import { AuthShell } from '@/components/layout/auth-shell';
import { currentActor } from '@/lib/auth/actor';
import { safePath } from '@/lib/auth/safe-path';
import { getOnlySignInPage, shortNameOf } from '@/lib/auth/sign-in-page';
import { hasOrganization } from '@/lib/organization/has-organization';
import { signInAction } from './actions';
import { WhyNot } from './why-not';

export const metadata: Metadata = { title: 'Sign in' };

type Search = Record<string, string | string[] | undefined>;

export default async function LoginPage({ searchParams }: { searchParams: Promise<Search> }) {
  if (!(await hasOrganization())) redirect('/setup');
  const search = await searchParams;
  const next = safePath(search.next);
  if (await currentActor()) redirect(next);
  const slug = shortNameOf(search.organization);
  if (slug) redirect(`/login/${slug}${next === '/' ? '' : `?next=${encodeURIComponent(next)}`}`);
  const page = await getOnlySignInPage();

  return (
    <AuthShell title="Sign in" footer="No account yet? An admin of your organization can give you one.">
      <WhyNot search={search} />
      <SignInCard page={page} next={next} action={signInAction}>
        {!page && <OrganizationForm next={next} typed={search.organization?.toString()} />}
      </SignInCard>
    </AuthShell>
  );
}
