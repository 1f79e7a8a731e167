import { Ban, ListFilter } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { EventField } from '@/components/audit/event-fields';
import { logHref } from '@/components/audit/log-href';
import { CopyIcon } from '@/components/ui/copy-icon';
import { type AuditFilter, withoutValue, withValue } from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';
import { checkValue } from '@/lib/audit/filter/values';

/** What the log shows now; a field's links add to it. */
export type ShownLog = { filter: AuditFilter; size: PageSize };

/** Fields with what can be done with each. Where a pointer can rest the controls appear under it, and always under the keyboard. */
export function FieldList({ fields, log }: { fields: readonly EventField[]; log: ShownLog }) {
  return (
    <dl className="@container -mx-2">
      {fields.map((field, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered, and an event may have two targets
          key={index}
          className="relative gap-x-3 rounded-lg px-2 py-1 hover:bg-sunken @xs:grid @xs:grid-cols-[5.5rem_minmax(0,1fr)_auto]"
        >
          <dt className="text-muted">{field.term}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{field.shown}</dd>
          <dd className="shy flex max-@xs:absolute max-@xs:top-0.5 max-@xs:right-1">
            <FilterLinks field={field} log={log} />
            <CopyIcon
              text={field.copied}
              label={`Copy ${field.term.toLowerCase()}`}
              className={controlStyle}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const controlStyle =
  'grid size-6 place-items-center rounded-md text-muted hover:bg-line hover:text-ink [&_.lucide]:size-3.5';

/** Filter for a value, or exclude it: the links that would change nothing are absent. */
function FilterLinks({
  field: { term, match },
  log: { filter, size },
}: {
  field: EventField;
  log: ShownLog;
}) {
  const checked = match && checkValue(match.key, match.value);
  if (!checked || !('value' in checked)) return null;
  const { value } = checked;
  const held = filter[match.key];
  const link = (not: boolean) => {
    const others = withoutValue(filter, { key: match.key, not: !not, value });
    return logHref({ filter: withValue(others, { key: match.key, not, value }), size });
  };
  const name = term.toLowerCase();
  return (
    <>
      {!held?.is.includes(value) && (
        <Control href={link(false)} label={`Filter for this ${name}`}>
          <ListFilter />
        </Control>
      )}
      {!held?.not.includes(value) && (
        <Control href={link(true)} label={`Exclude this ${name}`}>
          <Ban />
        </Control>
      )}
    </>
  );
}

function Control({ href, label, children }: { href: string; label: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} title={label} className={controlStyle}>
      {children}
      <span className="sr-only">{label}</span>
    </Link>
  );
}
