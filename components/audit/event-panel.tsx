import { DeliveryList } from '@/components/audit/delivery-list';
import { EventDetail } from '@/components/audit/event-detail';
import { logHref, logPath } from '@/components/audit/log-href';
import type { AuditSearch } from '@/lib/audit/filter/audit-filter';
import type { StoredEvent } from '@/lib/audit/get-event';
import type { EventDelivery } from '@/lib/siem/event-delivery';

/** An event, and the page of the log that shows it: another one than now where a step crosses the edge of a page. */
export type Step = { event: string; cursor?: string };

/** The event that is open beside the table. */
export type OpenEvent = {
  id: string;
  event: StoredEvent;
  delivery: EventDelivery[];
  newer?: Step;
  older?: Step;
};

type EventPanelProps = {
  open: OpenEvent;
  search: AuditSearch;
  /** The page of the log that is shown. */
  here: { cursor?: string };
  zone: string;
};

/** The open event; it stays in view while the table scrolls, and scrolls by itself where it is longer than the window. */
export function EventPanel({
  open: { id, event, delivery, newer, older },
  search,
  here,
  zone,
}: EventPanelProps) {
  const { filter, size } = search;
  const stepHref = (step: Step | undefined) => step && `${logHref({ filter, size, ...step })}#event`;
  return (
    <div className="min-w-0 rounded-xl xl:sticky xl:top-17 xl:max-h-[calc(100dvh-5.25rem)] xl:overflow-y-auto">
      <EventDetail
        id={id}
        event={event}
        zone={zone}
        delivery={<DeliveryList delivery={delivery} zone={zone} />}
        log={{ filter, size }}
        places={{
          newerHref: stepHref(newer),
          olderHref: stepHref(older),
          closeHref: logHref({ filter, size, ...here }),
          pageHref: `${logPath}/${id}`,
        }}
      />
    </div>
  );
}
