import { logHref } from '@/components/audit/log-href';
import { Button } from '@/components/ui/button';
import type { AuditRecord } from '@/lib/audit/columns';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';
import { legible } from '@/lib/audit/legible';
import { relatedFilters } from '@/lib/audit/related-filters';

/** Ways from an event to those around it. It stays open, so that its own row is marked among them. */
export function RelatedLinks({ record, size }: { record: AuditRecord; size: PageSize }) {
  const { sameActor, sameRequest, sameSession, targetHistory } = relatedFilters(record);
  const target = record.targets[0];
  const name = legible(target?.name || target?.type.replaceAll('_', ' ') || 'the target');
  const links: [string, AuditFilter | undefined][] = [
    ['Same actor ±15 min', sameActor],
    ['Same request', sameRequest],
    ['Same session', sameSession],
    [`History of ${name}`, targetHistory],
  ];
  return (
    <ul className="flex flex-wrap gap-2">
      {links.map(
        ([label, filter]) =>
          filter && (
            <li key={label} className="max-w-full">
              <Button href={logHref({ filter, size, event: record.id })} prefetch={false} size="sm">
                <span className="truncate">{label}</span>
              </Button>
            </li>
          ),
      )}
    </ul>
  );
}
