import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ConfirmForm } from '@/components/auth/confirm-form';
import { SignInAgain } from '@/components/auth/sign-in-again';
import { Card, CardBody } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { hasPassword } from '@/lib/auth/confirm-identity';
import { isConfirmed } from '@/lib/auth/confirmed';
import { safePath } from '@/lib/auth/safe-path';
import { servedPage } from '../served-page';
import { confirmAction, signInAgainAction } from './actions';

export const metadata: Metadata = { title: 'Confirm that it is you' };

type Search = Record<string, string | string[] | undefined>;

export default servedPage(async function ConfirmPage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await requirePermission('account.manage');
  const next = safePath((await searchParams).next);
  if (await isConfirmed(actor)) redirect(next);

  return (
    <>
      <PageHeader
        title="Confirm that it is you"
        description="What you are about to do decides how your organization is protected. For that, Tracekeep asks again when you last proved who you are more than ten minutes ago."
      />
      <Card className="max-w-110" aria-label="Proof">
        <CardBody>
          {(await hasPassword(actor.user.id)) ? (
            <ConfirmForm action={confirmAction} email={actor.user.email} next={next} />
          ) : (
            <SignInAgain action={signInAgainAction} next={next} />
          )}
        </CardBody>
      </Card>
    </>
  );
});
