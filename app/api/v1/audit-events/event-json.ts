import 'server-only';
import type { z } from 'zod';
import type { eventDeliverySchema } from '@/lib/api/endpoints/event-delivery';
import { type SealedEvent, sealedJson } from '@/lib/audit/list-sealed-events';
import { deliveriesOf, type EventDelivery } from '@/lib/siem/event-delivery';

/**
 * Events as JSON: each as {@link sealedJson} has it, its stored bytes as they are, with a member `delivery` at the end.
 * One query for all of them.
 */
export async function eventsJson(organizationId: string, events: readonly SealedEvent[]): Promise<string[]> {
  const deliveries = await deliveriesOf(
    organizationId,
    events.map(({ seq }) => seq),
  );
  return events.map((event) => {
    const delivery = JSON.stringify((deliveries.get(event.seq) ?? []).map(describe));
    return `${sealedJson(event).slice(0, -1)},"delivery":${delivery}}`;
  });
}

function describe(delivery: EventDelivery): z.output<typeof eventDeliverySchema> {
  const { integration, state } = delivery;
  switch (state) {
    case 'delivered': {
      const { deliveredAt, approximate, attempts, latencyMs } = delivery;
      return { integration, state, delivered_at: deliveredAt, approximate, attempts, latency_ms: latencyMs };
    }
    case 'waiting':
      return { integration, state, ahead: delivery.ahead, stream: delivery.stream };
    case 'parked': {
      const { reason, parkedAt, retrying } = delivery;
      return { integration, state, reason, parked_at: parkedAt, retrying };
    }
    case 'dismissed': {
      const { reason, dismissal, dismissedBy, dismissedAt } = delivery;
      return {
        ...{ integration, state, reason, dismissal },
        ...{ dismissed_by: dismissedBy, dismissed_at: dismissedAt },
      };
    }
    default:
      return { integration, state };
  }
}
