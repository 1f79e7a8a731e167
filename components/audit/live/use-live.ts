import { useCallback, useEffect, useState } from 'react';
import type { CountingEnd } from '@/components/audit/live/use-new-events';

/** Why Live stopped, other than by its button. */
export type LiveEnd = CountingEnd | 'scrolled' | 'opened' | 'hidden' | 'lost';

/** As long as the server tells one page; whoever still looks turns it on again. */
const longestMs = 10 * 60_000;
/** Whoever scrolls further than this, in pixels, reads what must not move. */
const scrollPx = 80;

type Live = { on: boolean; stopped?: LiveEnd };

/** Live mode: off until somebody turns it on, and off again for every reason to keep the rows where they are. */
export function useLive(): Live & { start(): void; stop(reason?: LiveEnd): void } {
  const [live, setLive] = useState<Live>({ on: false });
  const start = useCallback(() => setLive({ on: true }), []);
  const stop = useCallback(
    (reason?: LiveEnd) =>
      setLive((was) => (was.on ? { on: false, ...(reason && { stopped: reason }) } : was)),
    [],
  );

  useEffect(() => {
    if (!live.on) return;
    const top = window.scrollY;
    const onScroll = () => window.scrollY > top + scrollPx && stop('scrolled');
    const onVisibility = () => document.visibilityState === 'hidden' && stop('hidden');
    const timer = setTimeout(() => stop('ten-minutes'), longestMs);
    window.addEventListener('scroll', onScroll, { passive: true });
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('scroll', onScroll);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [live.on, stop]);

  return { ...live, start, stop };
}
