import { Activity } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { servedPage } from '@/app/(console)/served-page';
import { Attempts } from '@/components/siem/attempts';
import { AutoRefresh } from '@/components/siem/auto-refresh';
import { IntegrationCard } from '@/components/siem/integration-card';
import { integrationPath } from '@/components/siem/integration-path';
import { HeartbeatNote, MailNote } from '@/components/siem/stream-notes';
import { Throughput } from '@/components/siem/throughput';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { formatTime } from '@/lib/format-time';
import { isMailConfigured } from '@/lib/mail/transport';
import { hourlyDeliveries, listAttempts } from '@/lib/siem/history';
import { getIntegrationStatus } from '@/lib/siem/status';
import { integrationActions } from '../../integration-actions';

export const metadata: Metadata = { title: 'Splunk integration' };

type PageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default servedPage(async function IntegrationPage({ params, searchParams }: PageProps) {
  const { organization, user } = await requirePermission('siem.read');
  const [{ id }, search, zone] = await Promise.all([params, searchParams, timeZone()]);
  const onlyFailed = search.attempts === 'failed';
  const before = typeof search.before === 'string' ? search.before : undefined;
  const [status, hours, attempts] = await Promise.all([
    getIntegrationStatus(organization.id, id),
    hourlyDeliveries(organization.id, id),
    listAttempts(organization.id, id, { onlyFailed, before }),
  ]);
  if (!status) notFound();
  const mayManage = can(user.role, 'siem.manage');
  const now = new Date();

  return (
    <>
      <PageHeader
        title={status.name}
        description="Where this stream stands, what it delivered, and each attempt with its cause."
        actions={
          mayManage && (
            <Button href={`/settings/siem/splunk/${id}/test`} prefetch={false} icon={<Activity />}>
              Test connection
            </Button>
          )
        }
      />
      <div className="grid gap-4">
        {search.retried !== undefined && (
          <Notice tone="info" announce title="It is being tried now.">
            What comes of it shows here within seconds.
          </Notice>
        )}
        <IntegrationCard
          alone
          status={status}
          zone={zone}
          now={now}
          actions={mayManage ? integrationActions : undefined}
        />
        <Throughput hours={hours} zone={zone} />
        <Attempts
          integrationId={id}
          page={attempts}
          onlyFailed={onlyFailed}
          further={before !== undefined}
          zone={zone}
          withAddress={mayManage}
        />
        <div className="grid gap-1">
          <HeartbeatNote minutes={status.heartbeatMinutes} />
          {mayManage && <MailNote isMailConfigured={isMailConfigured()} />}
        </div>
        <AutoRefresh asOf={formatTime(now, zone)} href={integrationPath(id)} />
      </div>
    </>
  );
});
