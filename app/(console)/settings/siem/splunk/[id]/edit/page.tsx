import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { SplunkForm } from '@/components/siem/splunk-form';
import { PageHeader } from '@/components/ui/page-header';
import { editIntegrationAction } from '../../../actions';
import { loadIntegration } from '../load';

export const metadata: Metadata = { title: 'Edit settings' };

export default servedPage(async function EditIntegrationPage({
  params,
}: {
  params: Promise<{ id: string }>;
}) {
  const { id, name, hecUrl, index, tokenLast4, trust, heartbeatMinutes } = await loadIntegration(params);
  return (
    <>
      <PageHeader
        title={`Edit ${name}`}
        description="The position in the log stays: events that were not delivered yet go to the new settings."
      />
      <SplunkForm
        action={editIntegrationAction}
        id={id}
        initial={{
          name,
          hecUrl,
          index: index ?? '',
          trust: trust.kind,
          fingerprint: trust.fingerprint256 ?? '',
          heartbeat: heartbeatMinutes === null ? '' : String(heartbeatMinutes),
        }}
        storedLast4={tokenLast4}
        storedAuthority={trust.kind === 'ca' ? trust.description : undefined}
        saveLabel="Save changes"
        savingLabel="Saving…"
        anyway={{ label: 'Save anyway', hint: 'Events wait until Splunk accepts them with these settings.' }}
      />
    </>
  );
});
