import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { Card, CardBody } from '@/components/ui/card';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { SubmitButton } from '@/components/ui/submit-button';
import { deleteIntegrationAction, pauseIntegrationAction } from '../../../actions';
import { loadIntegration } from '../load';

export const metadata: Metadata = { title: 'Delete integration' };

export default servedPage(async function DeleteIntegrationPage({
  params,
}: {
  params: Promise<{ id: string }>;
}) {
  const { id, name, waiting, state } = await loadIntegration(params);
  return (
    <>
      <PageHeader title={`Delete ${name}`} />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          <Notice tone="warn" title="The delivery position is deleted too">
            Events already in Splunk stay, and every event stays in the audit log.{' '}
            {Number(waiting).toLocaleString('en')} not delivered yet will not be sent. Adding Splunk again
            starts from new events.
          </Notice>
          {state !== 'paused' && (
            <form action={pauseIntegrationAction}>
              <input type="hidden" name="id" value={id} />
              <SubmitButton variant="secondary" pendingLabel="Pausing…">
                Pause instead
              </SubmitButton>
            </form>
          )}
          <ConfirmForm
            action={deleteIntegrationAction}
            id={id}
            name={name}
            typed
            label="Delete integration"
            pendingLabel="Deleting…"
            keep={{ href: '/settings/siem', label: 'Keep it' }}
          />
        </CardBody>
      </Card>
    </>
  );
});
