import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { SplunkForm } from '@/components/siem/splunk-form';
import { PageHeader } from '@/components/ui/page-header';
import { replaceTokenAction } from '../../../actions';
import { loadIntegration } from '../load';

export const metadata: Metadata = { title: 'Replace token' };

export default servedPage(async function ReplaceTokenPage({ params }: { params: Promise<{ id: string }> }) {
  const { id, name, host, tokenLast4 } = await loadIntegration(params);
  return (
    <>
      <PageHeader
        title={`Replace the token of ${name}`}
        description={`The new token is tested with ${host} first. Until it passes, the one ending in ${tokenLast4} stays in use.`}
      />
      <SplunkForm
        action={replaceTokenAction}
        id={id}
        saveLabel="Replace token"
        savingLabel="Replacing…"
        anyway={{
          label: 'Replace it anyway',
          hint: 'Events wait until Splunk accepts them with this token.',
        }}
      />
    </>
  );
});
