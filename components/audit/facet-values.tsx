import { Check, CircleSlash } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { facetWords } from '@/components/audit/facet-words';
import { logHref } from '@/components/audit/log-href';
import { type AuditFilter, withoutValue, withValue } from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';
import type { Facet, FacetCounts, FacetValue } from '@/lib/audit/query/facets';

type FacetValuesProps = {
  facet: Facet;
  answer: Promise<FacetCounts | undefined>;
  filter: AuditFilter;
  size: PageSize;
  /** How many values at most. */
  most?: number;
};

/** The most frequent values of a facet, whatever is chosen of it, each with links that ask for it and exclude it. */
export async function FacetValues({ facet, answer, filter, size, most }: FacetValuesProps) {
  const counts = await answer;
  if (!counts) return <Remark>Counts are unavailable right now.</Remark>;
  if (counts.values.length === 0) return <Remark>No event has one.</Remark>;
  return (
    <>
      <ul>
        {counts.values.slice(0, most).map((value) => (
          <li key={value.value}>
            <Value facet={facet} value={value} filter={filter} size={size} />
          </li>
        ))}
      </ul>
      {counts.capped && (
        <Remark>Counted among the newest {counts.counted.toLocaleString('en')} events that match.</Remark>
      )}
    </>
  );
}

/** What a menu says instead of choices, or about them. */
export function Remark({ children }: { children: ReactNode }) {
  return <p className="px-2 py-1.5 text-sm text-muted">{children}</p>;
}

type ValueProps = { facet: Facet; value: FacetValue; filter: AuditFilter; size: PageSize };

function Value({ facet, value, filter, size }: ValueProps) {
  const { name, note } = facetWords(facet, value);
  const chosen = filter[facet]?.is.includes(value.value) ?? false;
  const excluded = filter[facet]?.not.includes(value.value) ?? false;
  const part = (not: boolean) => ({ key: facet, not, value: value.value });
  const href = (changed: AuditFilter) => logHref({ filter: changed, size });
  const asked = chosen
    ? withoutValue(filter, part(false))
    : withValue(withoutValue(filter, part(true)), part(false));
  const without = excluded
    ? withoutValue(filter, part(true))
    : withValue(withoutValue(filter, part(false)), part(true));
  return (
    <div className="flex items-center gap-1">
      <Link
        href={href(asked)}
        prefetch={false}
        className="flex min-h-8 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-2 py-1 hover:bg-sunken"
      >
        <span className="min-w-0 flex-1">
          <span className={excluded ? 'block truncate line-through' : 'block truncate'}>
            {chosen && <span className="sr-only">No longer only </span>}
            {name}
          </span>
          {note && (
            <span className={`block truncate text-xs text-muted ${facet === 'action' ? 'font-mono' : ''}`}>
              {note}
            </span>
          )}
        </span>
        {chosen && <Check className="text-accent" />}
        <span className="text-sm text-muted tabular-nums">
          {value.count.toLocaleString('en')}
          <span className="sr-only"> events</span>
        </span>
      </Link>
      <Link
        href={href(without)}
        prefetch={false}
        className={`grid size-8 shrink-0 place-items-center rounded-lg hover:bg-sunken ${excluded ? 'text-bad' : 'text-muted'}`}
      >
        <CircleSlash />
        <span className="sr-only">
          {excluded ? 'No longer exclude' : 'Exclude'} {name}
        </span>
      </Link>
    </div>
  );
}
