import { Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import { Status, type Tone } from '@/components/ui/status';

export type StreamState = 'waiting' | 'healthy' | 'degraded' | 'blocked' | 'paused';

/** The words of ux.md §2.4. Each state has an icon and a word; colour only repeats them. */
const states: Record<StreamState, { tone: Tone; word: string; icon?: ReactNode }> = {
  waiting: { tone: 'neutral', word: 'Waiting for first event' },
  healthy: { tone: 'ok', word: 'Healthy' },
  degraded: { tone: 'warn', word: 'Delayed' },
  blocked: { tone: 'bad', word: 'Stopped' },
  paused: { tone: 'neutral', word: 'Paused', icon: <Pause /> },
};

export function StreamStateBadge({ state }: { state: StreamState }) {
  const { tone, word, icon } = states[state];
  return (
    <Status tone={tone} look="pill" icon={icon}>
      {word}
    </Status>
  );
}
