import { X } from 'lucide-react';
import Link from 'next/link';
import { rangeLabels } from '@/components/audit/filter-form';
import { logHref, logPath } from '@/components/audit/log-href';
import type { AuditFilter, PageSize } from '@/lib/audit/filter';
import { formatDateTime } from '@/lib/format-time';

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
          href={logPath}
          className="inline-block px-1.5 py-1 text-sm font-medium text-accent underline-offset-4 hover:underline"
        >
          Clear all filters
        </Link>
      </li>
    </ul>
  );
}

function chipsOf(filter: AuditFilter, zone: string): Chip[] {
  const { text, actor, outcome, from, to } = filter;
  const less = (key: keyof AuditFilter): AuditFilter => {
    const { [key]: _, ...without } = filter;
    return { actions: [], range: 'all', ...without };
  };
  const at = (instant: Date) => formatDateTime(instant, zone, 'minute');
  return [
    ...(text ? [{ text: `“${text}”`, without: less('text') }] : []),
    ...filter.actions.map((action) => ({
      text: `Action: ${action}`,
      without: { ...filter, actions: filter.actions.filter((other) => other !== action) },
    })),
    ...(actor ? [{ text: `Actor: ${actor}`, without: less('actor') }] : []),
    ...(outcome
      ? [{ text: outcome === 'failure' ? 'Result: Failed' : 'Result: OK', without: less('outcome') }]
      : []),
    ...(filter.range === 'all' ? [] : [{ text: rangeLabels[filter.range], without: less('range') }]),
    ...(from ? [{ text: `From ${at(from)}`, without: less('from') }] : []),
    ...(to ? [{ text: `Before ${at(to)}`, without: less('to') }] : []),
  ];
}
