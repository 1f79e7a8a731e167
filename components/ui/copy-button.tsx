'use client';

import { Check, Copy } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { copyWords, useCopy } from '@/components/ui/use-copy';
import { useHydrated } from '@/components/ui/use-hydrated';

type CopyButtonProps = {
  text: string;
  /** Says what it copies ("Copy search"). */
  label?: string;
  /** The key that presses it, where something listens for it. */
  shortcut?: string;
};

/** Copies `text`. Needs JavaScript, so it appears only with it. */
export function CopyButton({ text, label = 'Copy', shortcut }: CopyButtonProps) {
  const hydrated = useHydrated();
  const { outcome, copy } = useCopy(text);
  return (
    <Button
      size="sm"
      icon={outcome === 'copied' ? <Check /> : <Copy />}
      onClick={copy}
      aria-keyshortcuts={shortcut}
      className={hydrated ? '' : 'invisible'}
    >
      <span role="status">{copyWords(outcome, label)}</span>
    </Button>
  );
}
