import { chipsOf } from '@/components/audit/active-filters';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';

/** What a filter asks for, in words. */
export function FilterWords({ filter, zone }: { filter: AuditFilter; zone: string }) {
  return (
    <ul aria-label="Filters" className="mt-1.5 flex flex-wrap gap-1.5">
      {chipsOf(filter, zone).map(({ text }) => (
        <li
          key={text}
          className="max-w-full rounded-md bg-sunken px-2 py-0.5 text-sm [overflow-wrap:anywhere]"
        >
          {text}
        </li>
      ))}
    </ul>
  );
}
