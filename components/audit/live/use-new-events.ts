import { useEffect, useState } from 'react';
import type { EndReason, NewEventsMessage } from '@/lib/audit-live/watch-new-events';

/** Why nothing is counted any more. */
export type CountingEnd = EndReason | 'unreachable';

type Seen = { href: string; count: number; ended?: CountingEnd };

/**
 * How many events are newer than what the page shows, while the page is visible. Another `href` begins anew. `onLost` is
 * called when the connection breaks; the browser tries again by itself.
 */
export function useNewEvents(href: string, onLost: () => void): Omit<Seen, 'href'> {
  const [seen, setSeen] = useState<Seen>({ href, count: 0 });
  useEffect(
    () =>
      watch(href, {
        onCount: (count) => setSeen({ href, count }),
        onEnd: (ended) => setSeen({ href, count: 0, ended }),
        onLost,
      }),
    [href, onLost],
  );
  return seen.href === href ? seen : { count: 0 };
}

type Listener = {
  onCount(count: number): void;
  onEnd(reason: CountingEnd): void;
  onLost(): void;
};

/** Listens while the page is visible. Returns what stops it. */
function watch(href: string, { onCount, onEnd, onLost }: Listener): () => void {
  let source: EventSource | undefined;
  let over = false;
  const close = () => {
    source?.close();
    source = undefined;
  };
  const end = (reason: CountingEnd) => {
    over = true;
    close();
    onEnd(reason);
  };
  const follow = () => {
    if (document.visibilityState === 'hidden') return close();
    if (over || source) return;
    const opened = new EventSource(href);
    source = opened;
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      const message: NewEventsMessage = JSON.parse(data);
      if ('ended' in message) end(message.ended);
      else onCount(message.count);
    };
    opened.onerror = () => (opened.readyState === EventSource.CLOSED ? end('unreachable') : onLost());
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    close();
  };
}
