'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useHydrated } from '@/components/ui/use-hydrated';

/** Milliseconds. Five seconds: a person who waits for an event sees it come (ux.md §2.4). */
const usualPeriodMs = 5_000;
/** A page that nobody touches stops after ten minutes, so that it does not keep a session from ending for lack of use. */
const unattendedMs = 10 * 60_000;

type AutoRefreshProps = {
  /** When the page was made, in the reader's zone. */
  asOf: string;
  /** The page itself, for browsers without JavaScript. */
  href?: string;
  periodMs?: number;
  /** True where what moves may distract: a button holds it (WCAG 2.2.2). */
  pausable?: boolean;
};

/** Fetches the page's numbers anew while somebody can see them. Without JavaScript: a link that does so once. */
export function AutoRefresh({
  asOf,
  href = '/settings/siem',
  periodMs = usualPeriodMs,
  pausable = false,
}: AutoRefreshProps) {
  const router = useRouter();
  const hydrated = useHydrated();
  const [stopped, setStopped] = useState(false);
  const [paused, setPaused] = useState(false);

  useEffect(() => {
    if (paused) return;
    let touchedAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
      setStopped(false);
    };
    const timer = setInterval(() => {
      if (Date.now() - touchedAt > unattendedMs) setStopped(true);
      else if (document.visibilityState === 'visible') router.refresh();
    }, periodMs);
    addEventListener('pointerdown', touch);
    addEventListener('keydown', touch);
    return () => {
      clearInterval(timer);
      removeEventListener('pointerdown', touch);
      removeEventListener('keydown', touch);
    };
  }, [router, periodMs, paused]);

  return (
    <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
      <span>
        As of {asOf}
        {stopped && '. No longer refreshed, because nobody has touched this page for ten minutes.'}
      </span>
      {pausable && hydrated && (
        <Button size="sm" variant="ghost" onClick={() => setPaused(!paused)}>
          {paused ? 'Resume refreshing' : 'Pause refreshing'}
        </Button>
      )}
      <noscript>
        <Button href={href} size="sm" variant="ghost">
          Refresh
        </Button>
      </noscript>
    </p>
  );
}
