import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';

/** A code, address, hash or token within a line. It breaks anywhere rather than widen the page. */
export function Code({ className, ...props }: ComponentProps<'code'>) {
  return <code className={classNames('font-mono text-xs [overflow-wrap:anywhere]', className)} {...props} />;
}

/** Several lines of text for machines; scrolls within itself, also by keyboard, so it needs a name. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section may not be the scrolling box of a pre
    <pre
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-lg border border-line bg-sunken px-3 py-2.5 font-mono text-xs leading-4.5"
    >
      {children}
    </pre>
  );
}
