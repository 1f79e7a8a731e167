'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useHydrated } from '@/components/ui/use-hydrated';

/** How long the button says "Copied", in milliseconds: long enough to be read, short enough to copy again. */
const confirmationMs = 2_000;

type Outcome = 'copied' | 'refused' | undefined;

/** Copies `text`. `label` says what it copies ("Copy search"). Needs JavaScript, so it appears only with it. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const hydrated = useHydrated();
  const [outcome, setOutcome] = useState<Outcome>();

  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), confirmationMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    try {
      // Absent on plain http, where the browser offers no clipboard.
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };

  const words =
    outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Select and copy it yourself' : label;
  return (
    <Button
      size="sm"
      icon={outcome === 'copied' ? <Check /> : <Copy />}
      onClick={copy}
      className={hydrated ? '' : 'invisible'}
    >
      <span role="status">{words}</span>
    </Button>
  );
}
