import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { servedPage } from '@/app/(console)/served-page';
import { DeliveryList } from '@/components/audit/delivery-list';
import { EventDetail } from '@/components/audit/event-detail';
import { logPath } from '@/components/audit/log-href';
import { Button } from '@/components/ui/button';
import { defaultPageSize } from '@/lib/audit/filter/page-size';
import { getAuditEvent } from '@/lib/audit/get-event';
import { auditNeighbours } from '@/lib/audit/query/neighbours';
import { unlessTooSlow } from '@/lib/audit/query/unless-too-slow';
import { requirePermission } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';
import { deliveryOf } from '@/lib/siem/event-delivery';

export const metadata: Metadata = { title: 'Event' };

export default servedPage(async function AuditEventPage({ params }: { params: Promise<{ id: string }> }) {
  const { organization } = await requirePermission('audit_log.read');
  const [{ id }, zone] = await Promise.all([params, timeZone()]);
  const event = await getAuditEvent(organization.id, id);
  if (!event) notFound();
  const [delivery, beside] = await Promise.all([
    deliveryOf(organization.id, event.seq),
    unlessTooSlow(auditNeighbours(organization.id, {}, BigInt(event.seq))),
  ]);

  return (
    <div className="grid max-w-160 gap-4">
      <div>
        <Button href={logPath} size="sm">
          Back to the Audit Log
        </Button>
      </div>
      <EventDetail
        id={id}
        event={event}
        zone={zone}
        level={1}
        log={{ filter: {}, size: defaultPageSize }}
        places={{
          newerHref: beside?.newer && `${logPath}/${beside.newer}`,
          olderHref: beside?.older && `${logPath}/${beside.older}`,
        }}
        delivery={<DeliveryList delivery={delivery} zone={zone} />}
      />
    </div>
  );
});
