import { cva } from 'class-variance-authority';

/** What every text control looks like; `mono` for addresses, tokens and codes. */
export const controlStyle = cva(
  [
    'block w-full min-w-0 rounded-lg border border-control bg-surface px-3 text-ink',
    'hover:border-muted aria-invalid:border-bad aria-invalid:ring-3 aria-invalid:ring-bad-soft',
    // A select always counts as read-only.
    'not-[select]:read-only:bg-sunken disabled:bg-sunken disabled:text-faint',
  ],
  {
    variants: {
      face: { text: 'text-base', mono: 'font-mono text-sm' },
    },
    defaultVariants: { face: 'text' },
  },
);
