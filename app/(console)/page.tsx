import type { Metadata } from 'next';
import { attentionItems, lookedAt } from '@/components/overview/attention';
import { AttentionCard } from '@/components/overview/attention-card';
import { DailyChart } from '@/components/overview/daily-chart';
import { RecentEvents } from '@/components/overview/recent-events';
import { ScanCard } from '@/components/overview/scan-card';
import { PageHeader } from '@/components/ui/page-header';
import { listAuditEvents } from '@/lib/audit/query/list-events';
import { requireActor } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { countDailyEvents } from '@/lib/overview/daily-events';
import { readFacts } from './overview-facts';

export const metadata: Metadata = { title: 'Overview' };

const chartDays = 14;
const recentEvents = 8;

export default async function OverviewPage() {
  const actor = await requireActor();
  const { organization, user } = actor;
  const zone = await timeZone();
  const readsLog = can(user.role, 'audit_log.read');
  const [facts, daily, recent] = await Promise.all([
    readFacts(actor),
    readsLog ? countDailyEvents(organization.id, { zone, days: chartDays }) : undefined,
    readsLog ? listAuditEvents(organization.id, {}, { size: recentEvents }) : undefined,
  ]);
  const items = attentionItems(facts, { zone, mayManageSiem: can(user.role, 'siem.manage') });

  return (
    <>
      <PageHeader
        title="Overview"
        description={
          readsLog
            ? `What needs attention in ${organization.name}, and what happened last.`
            : `You are a member of ${organization.name}. The audit log and its settings are open to auditors and admins.`
        }
      />
      <div className="grid gap-4">
        <AttentionCard items={items} looked={lookedAt(facts)} />
        {daily && <DailyChart {...daily} zone={zone} />}
        {recent && <RecentEvents rows={recent.rows} zone={zone} />}
        {!readsLog && facts.scans && <ScanCard scans={facts.scans} zone={zone} />}
      </div>
    </>
  );
}
