import type { ReactNode } from 'react';

export type Metric = { label: string; value: ReactNode; note?: ReactNode };

/** A row of figures inside a card: four abreast, then two, then one; lines between them come from the 1 px gaps. */
export function Metrics({ items }: { items: readonly Metric[] }) {
  return (
    <div className="@container">
      <dl className="grid gap-px bg-line @sm:grid-cols-2 @3xl:grid-cols-4">
        {items.map(({ label, value, note }) => (
          <div key={label} className="min-w-0 bg-surface px-4.5 py-3.5">
            <dt className="text-sm text-muted">{label}</dt>
            <dd className="mt-1 text-xl font-semibold tracking-[-0.012em]">{value}</dd>
            {note && <dd className="text-xs text-muted">{note}</dd>}
          </div>
        ))}
      </dl>
    </div>
  );
}
