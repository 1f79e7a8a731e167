import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { SplunkForm } from '@/components/siem/splunk-form';
import { TokenGuide } from '@/components/siem/token-guide';
import { PageHeader } from '@/components/ui/page-header';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { timeZone } from '@/lib/auth/preferences';
import { formatDate } from '@/lib/format-time';
import { countEarlier } from '@/lib/siem/integrations/start-point';
import { instantToZoned } from '@/lib/zoned-time';
import { addIntegrationAction, countEarlierAction } from '../../actions';

export const metadata: Metadata = { title: 'Add Splunk integration' };

export default servedPage(async function NewIntegrationPage() {
  const { organization } = await requireConfirmed('siem.manage');
  const [zone, { events, firstAt }] = await Promise.all([
    timeZone(),
    countEarlier(organization.id, 'beginning'),
  ]);
  return (
    <>
      <PageHeader
        title="Add Splunk integration"
        description="Events go to this HTTP Event Collector in order, each at least once."
      />
      <div className="grid gap-4">
        <SplunkForm
          action={addIntegrationAction}
          initial={{ name: '', hecUrl: '', index: '', trust: 'system', fingerprint: '', heartbeat: '' }}
          earlier={{
            events,
            since: firstAt === null ? undefined : formatDate(new Date(firstAt), zone),
            today: instantToZoned(new Date(), zone).slice(0, 10),
            count: countEarlierAction,
          }}
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
