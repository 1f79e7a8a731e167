import { Circle, CircleX, Pause, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type SiemState = 'healthy' | 'degraded' | 'blocked' | 'paused';

// Four shapes, not four colours of one: the state is told apart without seeing colour.
const signs: Record<SiemState, { word: string; sign: ReactNode }> = {
  healthy: { word: 'Healthy', sign: <Circle className="size-2 fill-current text-ok" /> },
  degraded: { word: 'Delayed', sign: <TriangleAlert className="size-3.5 text-warn" /> },
  blocked: { word: 'Stopped', sign: <CircleX className="size-3.5 text-bad" /> },
  paused: { word: 'Paused', sign: <Pause className="size-3.5 text-muted" /> },
};

/** How the streams to Splunk stand, at the end of the navigation item SIEM. */
export function SiemDot({ state }: { state: SiemState }) {
  const { word, sign } = signs[state];
  return (
    <span className="ml-auto grid w-3.5 place-items-center" title={word}>
      {sign}
      <span className="sr-only">, {word}</span>
    </span>
  );
}
