import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ConnectionTest } from '@/components/siem/connection-test';
import { PageHeader } from '@/components/ui/page-header';
import { sendTestEventAction } from '../../../actions';
import { loadIntegration } from '../load';

export const metadata: Metadata = { title: 'Test connection' };

export default servedPage(async function TestConnectionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id, name, host } = await loadIntegration(params);
  return (
    <>
      <PageHeader
        title={`Test ${name}`}
        description={`Sends one test event to ${host} with the stored settings, the way every other event goes. Nothing is changed.`}
      />
      <ConnectionTest action={sendTestEventAction} id={id} settings={`/settings/siem/splunk/${id}/edit`} />
    </>
  );
});
