import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ConfirmForm } from '@/components/members/confirm-form';
import { countOf } from '@/components/members/count-words';
import { memberHref } from '@/components/members/paths';
import { Card, CardBody } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { revokeSessionsAction } from '../../actions';
import { loadOther } from '../../load';

export const metadata: Metadata = { title: 'Sign out everywhere' };

export default servedPage(async function SignOutPage({ params }: { params: Promise<{ id: string }> }) {
  const { id, name, sessions } = await loadOther(params);
  return (
    <>
      <PageHeader title={`Sign out ${name} everywhere`} />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          <Notice
            tone="info"
            title={
              sessions === 0
                ? `${name} is not signed in at present`
                : `${name} has ${countOf(sessions, 'session')} now`
            }
          >
            Each ends with its next request, and what was typed in an open form there may be lost. They can
            sign in again; their API keys go on working. Deactivate them to end that too.
          </Notice>
          <ConfirmForm
            action={revokeSessionsAction}
            id={id}
            pendingLabel="Signing out…"
            cancel={{ href: memberHref(id), label: 'Leave them signed in' }}
          >
            Sign out everywhere
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  );
});
