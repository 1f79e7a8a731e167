/** Three linked nodes on a line, the last one filled: a trace that is kept. Decoration beside the name. */
export function Mark({ className = 'h-2.5 w-6 text-accent' }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 10" fill="none" aria-hidden="true" className={className}>
      <g stroke="currentColor" strokeWidth="2">
        <circle cx="4.5" cy="5" r="3" />
        <circle cx="12" cy="5" r="3" />
        <circle cx="19.5" cy="5" r="3" fill="currentColor" />
      </g>
    </svg>
  );
}

/** The mark with the product's name. */
export function Wordmark({ className = '' }: { className?: string }) {
  return (
    <span className={`inline-flex items-center gap-2.5 text-md font-bold tracking-[-0.012em] ${className}`}>
      <Mark />
      Tracekeep
    </span>
  );
}
