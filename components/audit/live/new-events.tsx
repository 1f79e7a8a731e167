'use client';

import { Pause, Radio } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState, useTransition } from 'react';
import { useLive } from '@/components/audit/live/use-live';
import { useNewEvents } from '@/components/audit/live/use-new-events';
import { useThrottled } from '@/components/audit/live/use-throttled';
import { arrivedWords, liveWords } from '@/components/audit/live/words';
import { Button } from '@/components/ui/button';
import { useHydrated } from '@/components/ui/use-hydrated';

/** A reader who listens is told of a change at most this often, in milliseconds (WCAG 2.2.4, ux.md §2.1). */
const announceMs = 30_000;
/** Rows move at most this often while Live is on, in milliseconds. */
const refreshMs = 5_000;

type NewEventsProps = {
  /** Where the page is told of events that are newer than its first row. */
  watchHref: string;
  showHref: string;
  /** The count stops here. */
  limit: number;
  /** Whether an event is open: then the rows stay where they are. */
  opened: boolean;
};

/** "3 new events", counted and shown on request; with Live on they come by themselves, until a reason to stop, which is told. */
export function NewEvents({ watchHref, showHref, limit, opened }: NewEventsProps) {
  const hydrated = useHydrated();
  const { on, stopped, start, stop } = useLive();
  const onLost = useCallback(() => stop('lost'), [stop]);
  const { count, ended } = useNewEvents(watchHref, onLost);
  useEffect(() => {
    if (ended) stop(ended);
    if (opened) stop('opened');
  }, [ended, opened, stop]);
  const [arrived, show] = useArrivals(on, count);

  const state = { count, limit, on, ...(stopped && { stopped }), ...(ended && { ended }) };
  const words = liveWords(state);
  const announced = useThrottled(on && arrived > 0 ? arrivedWords(arrived) : words, announceMs);
  return (
    <div className="flex min-h-7.5 flex-wrap items-center justify-end gap-2.5 text-sm">
      <p aria-live="polite" className="sr-only">
        {announced}
      </p>
      {words && <span className="font-medium">{words}</span>}
      {count > 0 && !on && !ended && (
        <Button size="sm" onClick={show}>
          Show
        </Button>
      )}
      {ended ? (
        <Button size="sm" onClick={() => location.assign(showHref)}>
          Reload
        </Button>
      ) : (
        hydrated && !opened && <LiveSwitch on={on} start={start} stop={() => stop()} />
      )}
    </div>
  );
}

type LiveSwitchProps = { on: boolean; start(): void; stop(): void };

/** One button, so that the focus stays where it is. */
function LiveSwitch({ on, start, stop }: LiveSwitchProps) {
  return (
    <>
      {on && (
        <span className="flex items-center gap-1.5 font-medium text-ok">
          <Radio className="motion-safe:animate-pulse" /> Live
        </span>
      )}
      <Button
        size="sm"
        variant={on ? 'secondary' : 'ghost'}
        icon={on ? <Pause /> : <Radio />}
        onClick={on ? stop : start}
      >
        {on ? 'Stop' : 'Go live'}
      </Button>
    </>
  );
}

/** Lets the server render the rows anew while Live is on. How many have arrived so, and what does it once. */
function useArrivals(on: boolean, count: number): [arrived: number, show: () => void] {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [arrived, setArrived] = useState(0);
  const last = useRef(0);
  const show = useCallback(() => startTransition(() => router.refresh()), [router]);

  useEffect(() => {
    if (!on) setArrived(0);
  }, [on]);
  useEffect(() => {
    if (!on || count === 0 || pending) return;
    const wait = Math.max(0, last.current + refreshMs - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setArrived((before) => before + count);
      show();
    }, wait);
    return () => clearTimeout(timer);
  }, [on, count, pending, show]);
  return [arrived, show];
}
