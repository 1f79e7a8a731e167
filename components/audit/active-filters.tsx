import { X } from 'lucide-react';
import Link from 'next/link';
import { createdWords, valueWords } from '@/components/audit/filter-words';
import { allEventsHref, logHref } from '@/components/audit/log-href';
import { type AuditFilter, filterValues, withoutKey, withoutValue } from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';
import { legible } from '@/lib/audit/legible';

type Chip = { text: string; without: AuditFilter };

/** Each part of the filter as a link that takes it away. */
export function ActiveFilters({ filter, size, zone }: { filter: AuditFilter; size: PageSize; zone: string }) {
  const chips = chipsOf(filter, zone);
  if (chips.length === 0) return null;
  const href = (rest: AuditFilter) => logHref({ filter: rest, size });
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-2">
      {chips.map(({ text, without }) => (
        <li key={text} className="max-w-full">
          <Link
            href={href(without)}
            className="flex min-h-7 items-center gap-1.5 rounded-lg bg-accent-soft px-2.5 text-sm font-medium text-accent hover:text-accent-strong"
          >
            <span className="sr-only">Remove the filter </span>
            <span className="truncate">{text}</span>
            <X className="size-3.5" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          href={allEventsHref}
          className="inline-block px-1.5 py-1 text-sm font-medium text-accent underline-offset-4 hover:underline"
        >
          Clear all filters
        </Link>
      </li>
    </ul>
  );
}

/** Each part of a filter in words, with the filter that is left without it. */
export function chipsOf(filter: AuditFilter, zone: string): Chip[] {
  const values = filterValues(filter).map((value) => ({
    text: legible(valueWords(value)),
    without: withoutValue(filter, value),
  }));
  if (!filter.created) return values;
  return [...values, { text: createdWords(filter.created, zone), without: withoutKey(filter, 'created') }];
}
