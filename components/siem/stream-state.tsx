import { Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import { Status, type Tone } from '@/components/ui/status';
import type { IntegrationStatus } from '@/lib/siem/status';

/** What a reader is shown: the engine's four states, and two kinds of being healthy that want another word. */
export type ShownState = IntegrationStatus['state'] | 'waiting' | 'catching_up';

/** Milliseconds. What waits for less is on its way (ux.md §2.4). */
const behindMs = 60_000;

type Facts = Pick<IntegrationStatus, 'state' | 'lastDelivered' | 'deliveredTotal' | 'oldestWaitingAt'>;

export function shownState(status: Facts, now: Date): ShownState {
  const { state, lastDelivered, deliveredTotal, oldestWaitingAt } = status;
  if (state !== 'healthy') return state;
  if (oldestWaitingAt && now.getTime() - Date.parse(oldestWaitingAt) >= behindMs) return 'catching_up';
  return lastDelivered || deliveredTotal !== '0' ? 'healthy' : 'waiting';
}

/** The words of ux.md §2.4. Each state has an icon and a word; colour only repeats them. */
const states: Record<ShownState, { tone: Tone; word: string; icon?: ReactNode }> = {
  waiting: { tone: 'neutral', word: 'Waiting for the first event' },
  healthy: { tone: 'ok', word: 'Healthy' },
  catching_up: { tone: 'warn', word: 'Catching up' },
  degraded: { tone: 'warn', word: 'Delayed' },
  blocked: { tone: 'bad', word: 'Stopped' },
  paused: { tone: 'neutral', word: 'Paused', icon: <Pause /> },
};

export function StreamStateBadge({ state }: { state: ShownState }) {
  const { tone, word, icon } = states[state];
  return (
    <Status tone={tone} look="pill" icon={icon}>
      {word}
    </Status>
  );
}
