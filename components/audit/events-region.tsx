'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { Card } from '@/components/ui/card';

type EventsRegionProps = {
  /** What is told when these events came in place of others. */
  arrived: string;
  children: ReactNode;
};

/**
 * The region of the events. While the router fetches others in their place, it dims its rows and says so; they stay where
 * they are until then. Without JavaScript the browser shows that it is loading.
 */
export function EventsRegion({ arrived, children }: EventsRegionProps) {
  const [stage, setStage] = useState<'rest' | 'leaving' | 'arrived'>('rest');
  // What the server renders anew is another element; what only this component renders anew is the same.
  const [shown, setShown] = useState(children);
  if (shown !== children) {
    setShown(children);
    setStage(stage === 'leaving' ? 'arrived' : 'rest');
  }
  useEffect(() => {
    const leave = (event: Event) => {
      if (event.defaultPrevented && leadsToOthers(event.target)) setStage('leaving');
    };
    // The router's links and forms keep the browser from doing the same; they have been heard when the document is.
    document.addEventListener('click', leave);
    document.addEventListener('submit', leave);
    return () => {
      document.removeEventListener('click', leave);
      document.removeEventListener('submit', leave);
    };
  }, []);
  const words = { rest: '', leaving: 'Loading events…', arrived }[stage];
  return (
    <>
      {/* Beside the region: what is busy is not read out. */}
      <p aria-live="polite" className="sr-only">
        {words}
      </p>
      <Card
        aria-label="Events"
        id="events"
        tabIndex={-1}
        aria-busy={stage === 'leaving'}
        className="[&_tbody]:transition-opacity aria-busy:[&_tbody]:opacity-60 aria-busy:[&_tbody]:delay-150"
      >
        {children}
      </Card>
    </>
  );
}

/** Whether a press leads to other events of the log: opening one of those that are shown, or closing it, does not. */
function leadsToOthers(target: EventTarget | null): boolean {
  if (target instanceof HTMLFormElement) return pathOf(target.getAttribute('action')) === location.pathname;
  const href = target instanceof Element ? target.closest('a')?.getAttribute('href') : undefined;
  if (!href) return false;
  const to = new URL(href, location.href);
  return to.pathname === location.pathname && searchOf(to.search) !== searchOf(location.search);
}

const pathOf = (action: string | null) => action && new URL(action, location.href).pathname;

function searchOf(search: string): string {
  const params = new URLSearchParams(search);
  params.delete('event');
  return params.toString();
}
