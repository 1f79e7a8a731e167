import { CheckCheck, Clock, Minus } from 'lucide-react';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { EventDelivery } from '@/lib/siem/event-delivery';

/** Whether Splunk has the event: one line for each integration. */
export function DeliveryList({ delivery, zone }: { delivery: EventDelivery[]; zone: string }) {
  if (delivery.length === 0) return <p className="text-muted">No integration sends events anywhere yet.</p>;
  return (
    <dl className="grid gap-1.5">
      {delivery.map((item) => (
        <div key={item.integration.id} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-4">
          <dt className="text-muted">{item.integration.name}</dt>
          <dd>
            <Standing item={item} zone={zone} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Standing({ item, zone }: { item: EventDelivery; zone: string }) {
  switch (item.state) {
    case 'delivered':
      return (
        <>
          <Status tone="ok" icon={<CheckCheck />}>
            {item.approximate ? 'in Splunk' : `in Splunk after ${(item.latencyMs / 1000).toFixed(2)} s`}
          </Status>
          <span className="block text-xs text-muted">
            {item.approximate ? 'since the hour before ' : 'since '}
            <Time
              value={new Date(item.deliveredAt)}
              zone={zone}
              precision={item.approximate ? 'minute' : 'millisecond'}
            />
            {!item.approximate && ` (attempt ${item.attempts})`}
          </span>
        </>
      );
    case 'waiting':
      return (
        <Status tone="warn" icon={<Clock />}>
          {item.paused ? 'waiting, paused' : 'waiting'}
          {item.ahead > 0 && `, ${item.ahead.toLocaleString('en')} ahead`}
        </Status>
      );
    case 'parked':
      return (
        <Status tone="bad">
          {item.retrying ? 'parked, tried again' : 'parked'}: {item.reason}
        </Status>
      );
    case 'dismissed':
      return (
        <>
          <Status tone="neutral" icon={<Minus />}>
            dismissed{item.dismissedBy && ` by ${item.dismissedBy}`}: {item.dismissal}
          </Status>
          <span className="block text-xs text-muted">Splunk had refused it: {item.reason}</span>
        </>
      );
    case 'unaccounted':
      return <Status tone="bad">passed over; see Settings, SIEM</Status>;
    case 'before_start':
      return (
        <Status tone="neutral" icon={<Minus />}>
          recorded before this integration
        </Status>
      );
  }
}
