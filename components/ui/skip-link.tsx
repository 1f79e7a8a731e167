import type { ReactNode } from 'react';

/** Seen only while it has the focus: leads the keyboard past what it has read before, to the element with this id. */
export function SkipLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <a
      href={`#${to}`}
      className="fixed top-2 left-2 z-20 -translate-y-16 rounded-lg bg-accent px-3.5 py-2 font-medium text-on-accent focus:translate-y-0"
    >
      {children}
    </a>
  );
}
