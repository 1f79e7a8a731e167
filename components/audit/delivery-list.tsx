import { CheckCheck, Clock, Minus } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { count } from '@/components/overview/words';
import { integrationPath } from '@/components/siem/integration-path';
import { classNames } from '@/components/ui/class-names';
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
          <dt className="min-w-0 text-muted [overflow-wrap:anywhere]">
            <StreamLink id={item.integration.id}>{item.integration.name}</StreamLink>
          </dt>
          <dd>
            <Standing item={item} zone={zone} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const held: Record<Extract<EventDelivery, { state: 'waiting' }>['stream'], string> = {
  healthy: '',
  degraded: ', sending is delayed',
  blocked: ', sending has stopped',
  paused: ', paused',
};

function StreamLink({ id, below, children }: { id: string; below?: '/parked'; children: ReactNode }) {
  return (
    <Link
      prefetch={false}
      href={integrationPath(id, below)}
      className={classNames('underline-offset-4 hover:underline', below && 'text-accent')}
    >
      {children}
    </Link>
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
          waiting{held[item.stream]};{' '}
          {item.ahead === 0 ? 'it is the next' : `${count(item.ahead, 'event')} before it`}
        </Status>
      );
    case 'parked':
      return (
        <>
          <Status tone="bad">
            {item.retrying ? 'parked, tried again soon' : 'parked'}, because Splunk refused it: {item.reason}
          </Status>
          <span className="block text-xs text-muted">
            since <Time value={new Date(item.parkedAt)} zone={zone} />;{' '}
            <StreamLink id={item.integration.id} below="/parked">
              parked events
            </StreamLink>
          </span>
        </>
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
      return <Status tone="bad">passed over: nothing proves that Splunk has it</Status>;
    case 'before_start':
      return (
        <Status tone="neutral" icon={<Minus />}>
          recorded before this integration
        </Status>
      );
  }
}
