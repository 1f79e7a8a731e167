import { CheckCheck, Clock, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Status, type Tone } from '@/components/ui/status';
import type { EventDelivery } from '@/lib/siem/event-delivery';

/** Where an event stands with one integration, in a word. */
export type DeliveryMark = { name: string; state: EventDelivery['state'] };

const marks: Record<EventDelivery['state'], { word: string; tone: Tone; icon?: ReactNode }> = {
  delivered: { word: 'Delivered', tone: 'ok', icon: <CheckCheck /> },
  waiting: { word: 'Waiting', tone: 'warn', icon: <Clock /> },
  parked: { word: 'Parked', tone: 'bad' },
  dismissed: { word: 'Dismissed', tone: 'neutral', icon: <Minus /> },
  before_start: { word: 'Before its start', tone: 'neutral', icon: <Minus /> },
  unaccounted: { word: 'Passed over', tone: 'bad' },
};

/** One line for each integration; its name where there are several. The event itself says more. */
export function DeliveryMarks({ delivery }: { delivery: readonly DeliveryMark[] }) {
  return delivery.map(({ name, state }, at) => {
    const { word, tone, icon } = marks[state];
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: two integrations may have one name, and never change places
      <span key={at} className="block sm:truncate">
        {delivery.length > 1 && <span className="text-xs text-muted">{name} </span>}
        <Status tone={tone} {...(icon !== undefined && { icon })}>
          {word}
        </Status>
      </span>
    );
  });
}
