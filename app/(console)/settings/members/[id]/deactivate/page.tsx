import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ConfirmForm } from '@/components/members/confirm-form';
import { countOf } from '@/components/members/count-words';
import { memberHref } from '@/components/members/paths';
import { Card, CardBody } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { deactivateMemberAction } from '../../actions';
import { loadOther } from '../../load';

export const metadata: Metadata = { title: 'Deactivate member' };

export default servedPage(async function DeactivatePage({ params }: { params: Promise<{ id: string }> }) {
  const { id, name, sessions, apiKeys, invitations } = await loadOther(params);
  const ends = [
    ...(sessions > 0 ? [countOf(sessions, 'session')] : []),
    ...(apiKeys > 0 ? [`${countOf(apiKeys, 'API key')} with all scripts that use one`] : []),
    ...(invitations > 0 ? [countOf(invitations, 'open invitation')] : []),
  ];
  return (
    <>
      <PageHeader title={`Deactivate ${name}`} />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          <Notice tone="warn" title={`${name} loses all access at once`}>
            {ends.length > 0 && `This ends ${ends.join(', ')}. `}
            Everything they did stays in the audit log. An admin can reactivate them; API keys and invitations
            stay revoked.
          </Notice>
          <ConfirmForm
            action={deactivateMemberAction}
            id={id}
            pendingLabel="Deactivating…"
            cancel={{ href: memberHref(id), label: 'Keep their access' }}
          >
            Deactivate
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  );
});
