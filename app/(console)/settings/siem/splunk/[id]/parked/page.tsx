import { CircleCheck, RotateCw } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { servedPage } from '@/app/(console)/served-page';
import { AutoRefresh } from '@/components/siem/auto-refresh';
import { integrationPath } from '@/components/siem/integration-path';
import { parkedHref, parkedOutcomes } from '@/components/siem/parked-address';
import { ParkedNotice } from '@/components/siem/parked-notice';
import { ParkedTable } from '@/components/siem/parked-table';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { TabLinks } from '@/components/ui/tab-links';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { formatTime } from '@/lib/format-time';
import { countParked } from '@/lib/siem/parked/count-parked';
import { listParked } from '@/lib/siem/parked/list-parked';
import { getIntegrationStatus } from '@/lib/siem/status';
import { retryParkedAction } from './actions';

export const metadata: Metadata = { title: 'Parked events' };

const searchSchema = z.object({
  show: z.literal('settled').optional().catch(undefined),
  after: z.string().optional().catch(undefined),
  done: z.enum(parkedOutcomes).optional().catch(undefined),
  seq: z
    .string()
    .regex(/^\d{1,18}$/)
    .catch(''),
});

type PageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 50;

export default servedPage(async function ParkedPage({ params, searchParams }: PageProps) {
  const { organization, user } = await requirePermission('siem.read');
  const [{ id }, search, zone] = await Promise.all([params, searchParams, timeZone()]);
  const { show, after, done, seq } = searchSchema.parse(search);
  const settled = show === 'settled';
  const [integration, counts, page] = await Promise.all([
    getIntegrationStatus(organization.id, id),
    countParked(organization.id, id),
    listParked(organization.id, id, { which: settled ? 'closed' : 'open', after, limit: pageSize }),
  ]);
  if (!integration) notFound();
  const mayManage = can(user.role, 'siem.manage');
  const { items } = page;

  return (
    <>
      <PageHeader
        title="Parked events"
        description={`What Splunk refused for its content. ${integration.name} goes on without these events; none is lost, and each can be sent again.`}
        actions={
          mayManage &&
          counts.parked > 0 && (
            <Button
              prefetch={false}
              href={`${integrationPath(id, '/parked')}/retry`}
              variant="primary"
              icon={<RotateCw />}
            >
              Retry all
            </Button>
          )
        }
      />
      <div className="grid gap-4">
        {done && <ParkedNotice done={done} seq={seq} />}
        <TabLinks
          label="Parked events by state"
          tabs={[
            {
              href: parkedHref(id),
              label: 'Open',
              count: counts.parked + counts.retrying,
              current: !settled,
            },
            {
              href: parkedHref(id, { settled: true }),
              label: 'Settled',
              count: counts.settled,
              current: settled,
            },
          ]}
        />
        <Card aria-label={settled ? 'Settled events' : 'Open events'}>
          {items.length > 0 ? (
            <ParkedTable
              integrationId={id}
              rows={items}
              zone={zone}
              retry={mayManage ? retryParkedAction : undefined}
            />
          ) : (
            <Nothing settled={settled} />
          )}
          {(after || page.after) && (
            <Pagination
              label="Pages of parked events"
              newerHref={after ? parkedHref(id, { settled }) : undefined}
              newerLabel="First page"
              olderHref={page.after ? parkedHref(id, { settled, after: page.after }) : undefined}
              olderLabel="Next"
            >
              {pageSize} per page
            </Pagination>
          )}
        </Card>
        {counts.retrying > 0 && integration.state !== 'healthy' && (
          <Notice tone="info" title={`${count(counts.retrying)} to be sent again`}>
            {integration.state === 'paused'
              ? 'Nothing is sent while the integration is paused.'
              : 'They go with the next attempt that Splunk takes.'}
          </Notice>
        )}
        {counts.retrying > 0 && (
          <AutoRefresh
            asOf={`${formatTime(new Date(), zone)}: ${counts.retrying.toLocaleString('en')} being sent again`}
            href={parkedHref(id, { settled, after })}
          />
        )}
      </div>
    </>
  );
});

function count(retrying: number): string {
  return retrying === 1 ? '1 event waits' : `${retrying.toLocaleString('en')} events wait`;
}

function Nothing({ settled }: { settled: boolean }) {
  if (settled)
    return (
      <EmptyState icon={<CircleCheck />} title="Nothing settled yet">
        Parked events that were delivered after all, or dismissed with a reason, appear here.
      </EmptyState>
    );
  return (
    <EmptyState icon={<CircleCheck />} title="No event is parked">
      When Splunk refuses an event for its content, it waits here with Splunk’s words, and the others are
      delivered without it.
    </EmptyState>
  );
}
