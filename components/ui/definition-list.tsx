import type { ReactNode } from 'react';

export type Definition = { term: ReactNode; description: ReactNode };

/** Names at the left and what they hold at the right; one above the other where there is no room. */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl className="@container">
      {items.map(({ term, description }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered, and a term may be any node
        <div key={index} className="gap-x-3 py-1 @xs:grid @xs:grid-cols-[5.5rem_minmax(0,1fr)]">
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0">{description}</dd>
        </div>
      ))}
    </dl>
  );
}
