import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { servedPage } from '@/app/(console)/served-page';
import { dependentsSentence } from '@/components/authentication/dependents';
import { Card, CardBody } from '@/components/ui/card';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { readAuthentication } from '@/lib/authentication/settings';
import { deleteOidcAction } from '../../actions';

export const metadata: Metadata = { title: 'Delete OpenID Connect' };

export default servedPage(async function DeleteOidcPage() {
  const { organization } = await requireConfirmed('authentication.manage');
  const { oidc, activePeople } = await readAuthentication(organization.id);
  if (!oidc.connection) notFound();
  const { id, name } = oidc.connection;
  return (
    <>
      <PageHeader title={`Delete ${name}`} />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          <Notice tone="warn" title="Connected accounts are disconnected for good">
            Everybody who signed in through {name} is signed out, but you. People and their accounts stay; a
            provider that is connected later knows none of them.{' '}
            {dependentsSentence(oidc.dependents, activePeople, true)} To stop sign-ins for a while, disable it
            instead.
          </Notice>
          <ConfirmForm
            action={deleteOidcAction}
            id={id}
            name={name}
            typed
            label="Delete OpenID Connect"
            pendingLabel="Deleting…"
            keep={{ href: '/settings/authentication', label: 'Keep it' }}
          />
        </CardBody>
      </Card>
    </>
  );
});
