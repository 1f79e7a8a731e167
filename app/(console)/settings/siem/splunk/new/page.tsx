import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { SplunkForm } from '@/components/siem/splunk-form';
import { TokenGuide } from '@/components/siem/token-guide';
import { PageHeader } from '@/components/ui/page-header';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { addIntegrationAction } from '../../actions';

export const metadata: Metadata = { title: 'Add Splunk integration' };

export default servedPage(async function NewIntegrationPage() {
  await requireConfirmed('siem.manage');
  return (
    <>
      <PageHeader
        title="Add Splunk integration"
        description="Events from now on go to this HTTP Event Collector, in order, each at least once."
      />
      <div className="grid gap-4">
        <SplunkForm
          action={addIntegrationAction}
          initial={{ name: '', hecUrl: '', index: '' }}
          saveLabel="Add Integration"
          savingLabel="Adding…"
          anyway={{
            label: 'Add anyway and keep it paused',
            hint: 'Events are recorded and wait until you resume the integration.',
          }}
        />
        <TokenGuide />
      </div>
    </>
  );
});
