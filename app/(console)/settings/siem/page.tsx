import { ChevronsRight, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { AutoRefresh } from '@/components/siem/auto-refresh';
import { IntegrationCard } from '@/components/siem/integration-card';
import { OutcomeNotice } from '@/components/siem/outcome-notice';
import { MailNote } from '@/components/siem/stream-notes';
import { TokenGuide } from '@/components/siem/token-guide';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Status } from '@/components/ui/status';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { formatTime } from '@/lib/format-time';
import { isMailConfigured } from '@/lib/mail/transport';
import { listIntegrations } from '@/lib/siem/status';
import { integrationActions } from './integration-actions';

export const metadata: Metadata = { title: 'SIEM' };

type Search = Record<string, string | string[] | undefined>;

export default servedPage(async function SiemPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { organization, user } = await requirePermission('siem.read');
  const [search, zone, integrations] = await Promise.all([
    searchParams,
    timeZone(),
    listIntegrations(organization.id),
  ]);
  const mayManage = can(user.role, 'siem.manage');
  const now = new Date();
  const add = mayManage && (
    <Button href="/settings/siem/splunk/new" variant="primary" icon={<Plus />}>
      Add Integration
    </Button>
  );

  return (
    <>
      <PageHeader
        title="SIEM"
        description="Every audit event, delivered to your security tools as it happens."
      />
      <div className="grid gap-4">
        <OutcomeNotice search={search} integrations={integrations} />
        <section aria-labelledby="splunk" className="grid gap-4">
          <Card>
            <CardHeader
              icon={<ChevronsRight />}
              title="Splunk"
              titleId="splunk"
              description="Streams every audit event to a Splunk HTTP Event Collector (HEC)."
              actions={
                <>
                  {integrations.length === 0 && <Status tone="neutral">Not connected</Status>}
                  {add}
                </>
              }
            />
            {integrations.length === 0 && (
              <CardBody className="grid gap-2.5">
                <p>You need the HEC URL, a HEC token, and the name of an index.</p>
                <TokenGuide />
              </CardBody>
            )}
          </Card>
          {integrations.map((status) => (
            <IntegrationCard
              key={status.id}
              status={status}
              zone={zone}
              now={now}
              actions={mayManage ? integrationActions : undefined}
            />
          ))}
        </section>
        {mayManage && integrations.length > 0 && <MailNote isMailConfigured={isMailConfigured()} />}
        {integrations.length > 0 && <AutoRefresh asOf={formatTime(now, zone)} />}
      </div>
    </>
  );
});
