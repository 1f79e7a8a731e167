import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ConfirmForm } from '@/components/members/confirm-form';
import { invitationHref } from '@/components/members/paths';
import { Card, CardBody } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { loadInvitation } from '../../../load';
import { revokeInvitationAction } from '../../actions';

export const metadata: Metadata = { title: 'Revoke invitation' };

export default servedPage(async function RevokePage({ params }: { params: Promise<{ id: string }> }) {
  const { id, email } = await loadInvitation(params);
  return (
    <>
      <PageHeader title="Revoke invitation" />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          <Notice tone="warn" title={`The link of ${email} stops working at once`}>
            Nothing is sent to them. You can invite the same address again at any time.
          </Notice>
          <ConfirmForm
            action={revokeInvitationAction}
            id={id}
            pendingLabel="Revoking…"
            cancel={{ href: invitationHref(id), label: 'Keep it' }}
          >
            Revoke invitation
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  );
});
