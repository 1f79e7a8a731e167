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
    countOf(sessions, 'session'),
    countOf(apiKeys, 'API key'),
    countOf(invitations, 'open invitation'),
  ];
  return (
    <>
      <PageHeader title={`Deactivate ${name}`} />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          <Notice tone="warn" title={`${name} loses all access at once`}>
            This ends {ends[0]} and revokes {ends[1]} and {ends[2]} of theirs. Scripts that use such a key
            stop working. Everything they did stays in the audit log, and an admin can reactivate them; keys
            and invitations stay revoked.
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
