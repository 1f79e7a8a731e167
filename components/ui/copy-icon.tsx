'use client';

import { Check, Copy, X } from 'lucide-react';
import { copyWords, useCopy } from '@/components/ui/use-copy';
import { useHydrated } from '@/components/ui/use-hydrated';

const icons = { copied: <Check className="text-ok" />, refused: <X className="text-bad" /> };

/** Copies `text`, in a row of other small controls. `label` says what it copies. Needs JavaScript, so it appears only with it. */
export function CopyIcon({ text, label, className }: { text: string; label: string; className: string }) {
  const hydrated = useHydrated();
  const { outcome, copy } = useCopy(text);
  if (!hydrated) return null;
  return (
    <button type="button" onClick={copy} title={copyWords(outcome, label)} className={className}>
      {outcome ? icons[outcome] : <Copy />}
      <span aria-live="polite" className="sr-only">
        {copyWords(outcome, label)}
      </span>
    </button>
  );
}
