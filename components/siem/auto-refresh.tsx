'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';

/** Milliseconds. Five seconds: a person who waits for an event sees it come (ux.md §2.4). */
const periodMs = 5_000;

/** Fetches the page's numbers anew while somebody can see them. Without JavaScript: a link that does so once. */
export function AutoRefresh({ asOf }: { asOf: string }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, periodMs);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
      <span>As of {asOf}</span>
      <noscript>
        <Button href="/settings/siem" size="sm" variant="ghost">
          Refresh
        </Button>
      </noscript>
    </p>
  );
}
