'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';

/** Milliseconds. Five seconds: a person who waits for an event sees it come (ux.md §2.4). */
const periodMs = 5_000;
/** A page that nobody touches stops after ten minutes, so that it does not keep a session from ending for lack of use. */
const unattendedMs = 10 * 60_000;

/** Fetches the page's numbers anew while somebody can see them. Without JavaScript: a link that does so once. */
export function AutoRefresh({ asOf }: { asOf: string }) {
  const router = useRouter();
  const [stopped, setStopped] = useState(false);

  useEffect(() => {
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
  }, [router]);

  return (
    <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
      <span>
        As of {asOf}
        {stopped && '. No longer refreshed, because nobody has touched this page for ten minutes.'}
      </span>
      <noscript>
        <Button href="/settings/siem" size="sm" variant="ghost">
          Refresh
        </Button>
      </noscript>
    </p>
  );
}
