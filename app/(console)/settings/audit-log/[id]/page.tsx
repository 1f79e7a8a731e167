import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { servedPage } from '@/app/(console)/served-page';
import { DeliveryList } from '@/components/audit/delivery-list';
import { EventDetail } from '@/components/audit/event-detail';
import { Button } from '@/components/ui/button';
import { getAuditEvent } from '@/lib/audit/get-event';
import { requirePermission } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';
import { deliveryOf } from '@/lib/siem/event-delivery';

export const metadata: Metadata = { title: 'Event' };

export default servedPage(async function AuditEventPage({ params }: { params: Promise<{ id: string }> }) {
  const { organization } = await requirePermission('audit_log.read');
  const [{ id }, zone] = await Promise.all([params, timeZone()]);
  const event = await getAuditEvent(organization.id, id);
  if (!event) notFound();
  const delivery = await deliveryOf(organization.id, event.seq);

  return (
    <div className="grid max-w-160 gap-4">
      <div>
        <Button href="/settings/audit-log" size="sm">
          Back to the Audit Log
        </Button>
      </div>
      <EventDetail
        event={event}
        zone={zone}
        level={1}
        delivery={<DeliveryList delivery={delivery} zone={zone} />}
      />
    </div>
  );
});
