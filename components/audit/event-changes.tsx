import { ArrowRight } from 'lucide-react';
import { sentenceCase } from '@/components/audit/event-fields';
import type { AuditRecord } from '@/lib/audit/columns';
import { legible } from '@/lib/audit/legible';

/** Each field that the event changed: what it held before, and after. */
export function EventChanges({ changes }: { changes: AuditRecord['changes'] }) {
  return (
    <dl className="@container grid gap-2.5">
      {changes.map(({ field, from, to }) => (
        <div key={field} className="gap-x-3 @xs:grid @xs:grid-cols-[5.5rem_minmax(0,1fr)]">
          <dt className="py-0.5 text-muted [overflow-wrap:anywhere]">{sentenceCase(legible(field))}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-2">
            <Value tone="bg-bad-soft text-bad" name="before" text={from} />
            <ArrowRight className="text-muted" />
            <Value tone="bg-ok-soft text-ok" name="after" text={to} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ tone, name, text }: { tone: string; name: string; text: string | undefined }) {
  return (
    <span className={`min-w-0 rounded-md px-2 py-0.5 font-mono text-xs [overflow-wrap:anywhere] ${tone}`}>
      <span className="sr-only">{name}: </span>
      {text === undefined ? '(none)' : legible(text)}
    </span>
  );
}
