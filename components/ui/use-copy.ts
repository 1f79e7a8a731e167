import { useEffect, useState } from 'react';

/** How long a button says "Copied", in milliseconds: long enough to be read, short enough to copy again. */
const confirmationMs = 2_000;

type Outcome = 'copied' | 'refused';

/** What copies `text`, and for a moment after it what came of it. */
export function useCopy(text: string): { outcome: Outcome | undefined; copy(): Promise<void> } {
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
  return { outcome, copy };
}

/** What a copy button says: what it copies, or what came of it. */
export function copyWords(outcome: Outcome | undefined, label: string): string {
  if (outcome === undefined) return label;
  return outcome === 'copied' ? 'Copied' : 'Select and copy it yourself';
}
