import { Activity } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { servedPage } from '@/app/(console)/served-page';
import { AutoRefresh } from '@/components/siem/auto-refresh';
import { IntegrationCard } from '@/components/siem/integration-card';
import { RecentBatches } from '@/components/siem/recent-batches';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { formatTime } from '@/lib/format-time';
import { getIntegrationStatus } from '@/lib/siem/status';
import { pauseIntegrationAction, resumeIntegrationAction } from '../../actions';

export const metadata: Metadata = { title: 'Splunk integration' };

export default servedPage(async function IntegrationPage({ params }: { params: Promise<{ id: string }> }) {
  const { organization, user } = await requirePermission('siem.read');
  const [{ id }, zone] = await Promise.all([params, timeZone()]);
  const status = await getIntegrationStatus(organization.id, id);
  if (!status) notFound();
  const mayManage = can(user.role, 'siem.manage');

  return (
    <>
      <PageHeader
        title={status.name}
        description="Where this stream stands, and what Splunk accepted last."
        actions={
          mayManage && (
            <Button href={`/settings/siem/splunk/${id}/test`} prefetch={false} icon={<Activity />}>
              Test connection
            </Button>
          )
        }
      />
      <div className="grid gap-4">
        <IntegrationCard
          status={status}
          zone={zone}
          actions={mayManage ? { pause: pauseIntegrationAction, resume: resumeIntegrationAction } : undefined}
        />
        <RecentBatches receipts={status.receipts} zone={zone} />
        <AutoRefresh asOf={formatTime(new Date(), zone)} />
      </div>
    </>
  );
});
