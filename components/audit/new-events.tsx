'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { EndReason, NewEventsMessage } from '@/lib/audit-live/watch-new-events';

type Ended = EndReason | 'unreachable';

const reasons: Record<Ended, string> = {
  'signed-out': 'you are signed out',
  'ten-minutes': 'this page has been open for ten minutes',
  'too-slow': 'these filters take too long',
  unreachable: 'the server does not answer',
};

/** A reader who listens is told of a change at most this often, in milliseconds (WCAG 2.2.4, ux.md §2.1). */
const announceMs = 30_000;

/** "3 new events", counted while the page is looked at; they are shown when somebody asks for them, and never push rows away. */
export function NewEvents({
  watchHref,
  showHref,
  limit,
}: {
  watchHref: string;
  showHref: string;
  limit: number;
}) {
  const [count, setCount] = useState(0);
  const [ended, setEnded] = useState<Ended>();
  useEffect(() => watch(watchHref, { onCount: setCount, onEnd: setEnded }), [watchHref]);

  const words = ended
    ? `New events are no longer counted, because ${reasons[ended]}.`
    : countWords(count, limit);
  const announced = useThrottled(words, announceMs);
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {announced}
      </p>
      {words && (
        <div className="flex flex-wrap items-center gap-2.5 text-sm">
          <span className="font-medium">{words}</span>
          {/* The same address: the router would show what it has. */}
          <Button size="sm" onClick={() => location.assign(showHref)}>
            {ended ? 'Reload' : 'Show'}
          </Button>
        </div>
      )}
    </>
  );
}

function countWords(count: number, limit: number): string {
  if (count === 0) return '';
  if (count === 1) return '1 new event';
  return `${count > limit ? `${limit}+` : count} new events`;
}

type Listener = { onCount(count: number): void; onEnd(reason: Ended): void };

/** Listens while the page is visible. Returns what stops it. */
function watch(href: string, { onCount, onEnd }: Listener): () => void {
  let source: EventSource | undefined;
  let over = false;
  const close = () => {
    source?.close();
    source = undefined;
  };
  const end = (reason: Ended) => {
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
    // Whatever passes, the browser tries again by itself.
    opened.onerror = () => opened.readyState === EventSource.CLOSED && end('unreachable');
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    close();
  };
}

/** The text as it was at the last moment at which telling it was due. */
function useThrottled(text: string, ms: number): string {
  const [told, setTold] = useState({ text: '', at: 0 });
  useEffect(() => {
    if (text === told.text) return;
    const wait = Math.max(0, told.at + ms - Date.now());
    const timer = setTimeout(() => setTold({ text, at: Date.now() }), wait);
    return () => clearTimeout(timer);
  }, [text, told, ms]);
  return told.text;
}
