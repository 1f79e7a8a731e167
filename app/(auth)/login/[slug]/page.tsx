import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import NotFound from '@/app/not-found';
import { SignInCard } from '@/components/auth/sign-in-card';
import { AuthShell } from '@/components/layout/auth-shell';
import { currentActor } from '@/lib/auth/actor';
import { safePath } from '@/lib/auth/safe-path';
import { getSignInPage } from '@/lib/auth/sign-in-page';
import { answerWith } from '@/lib/http-status';
import { signInAction } from '../actions';
import { WhyNot } from '../why-not';

export const metadata: Metadata = { title: 'Sign in' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** An organization's own sign-in page. */
export default async function OrganizationLoginPage({ params, searchParams }: Props) {
  const [{ slug }, search] = await Promise.all([params, searchParams]);
  const page = await getSignInPage(slug);
  if (!page) {
    answerWith(404);
    return <NotFound />;
  }
  const next = safePath(search.next);
  if (await currentActor()) redirect(next);

  return (
    <AuthShell
      title="Sign in"
      description={page.organization.name}
      footer="No account yet? An admin of your organization can give you one."
    >
      <WhyNot search={search} />
      <SignInCard page={page} next={next} action={signInAction} />
    </AuthShell>
  );
}
