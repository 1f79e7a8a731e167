import type { Metadata } from 'next';
import { RecentEvents } from '@/components/overview/recent-events';
import { StreamNotice } from '@/components/overview/stream-notice';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { listAuditEvents } from '@/lib/audit/query/list-events';
import { requireActor } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { worstStreamState } from '@/lib/siem/status';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const { organization, user } = await requireActor();
  const mayRead = can(user.role, 'audit_log.read') && can(user.role, 'siem.read');
  if (!mayRead) {
    return (
      <>
        <PageHeader
          title="Overview"
          description={`You are a member of ${organization.name}. The audit log and the SIEM settings are open to auditors and admins.`}
        />
        <Button href="/account">Go to your account</Button>
      </>
    );
  }

  const [state, { rows }, zone] = await Promise.all([
    worstStreamState(organization.id),
    listAuditEvents(organization.id, {}, { size: 5 }),
    timeZone(),
  ]);
  return (
    <>
      <PageHeader
        title="Overview"
        description={`What happened last in ${organization.name}, and whether Splunk has it.`}
      />
      <div className="grid gap-4">
        <StreamNotice state={state} mayManage={can(user.role, 'siem.manage')} />
        <RecentEvents rows={rows} zone={zone} />
      </div>
    </>
  );
}
