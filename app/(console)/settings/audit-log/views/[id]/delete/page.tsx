import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { viewsPath } from '@/components/audit/views/view-address';
import { Card, CardBody } from '@/components/ui/card';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { legible } from '@/lib/audit/legible';
import { mayDelete } from '@/lib/audit-views/may-delete';
import { deleteViewAction } from '../../actions';
import { loadView } from '../../load';

export const metadata: Metadata = { title: 'Delete view' };

export default servedPage(async function DeleteViewPage({ params }: { params: Promise<{ id: string }> }) {
  const { actor, view } = await loadView(params);
  const { id, shared } = view;
  const name = legible(view.name);
  return (
    <>
      <PageHeader title={`Delete ${name}`} />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          {mayDelete(actor, view) ? (
            <>
              <Notice
                tone="warn"
                title={shared ? 'Nobody will find it among their views' : 'It will be gone from your views'}
              >
                Events are not touched. The log opens with all events for whoever had it open with this view.
              </Notice>
              <ConfirmForm
                action={deleteViewAction}
                id={id}
                name={name}
                typed={false}
                label="Delete view"
                pendingLabel="Deleting…"
                keep={{ href: `${viewsPath}/${id}`, label: 'Keep it' }}
              />
            </>
          ) : (
            <Notice tone="info" title={`Only ${legible(view.ownerName)} or an admin can delete this view`} />
          )}
        </CardBody>
      </Card>
    </>
  );
});
