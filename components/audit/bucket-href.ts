import { logHref } from '@/components/audit/log-href';
import { type AuditFilter, only } from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';

type Span = { from: Date; to: Date };

/**
 * The events of one bar, and no others: the outer bars are wider than a range that begins or ends within them. A relative
 * range has gone on meanwhile, so its bars are taken whole.
 */
export function bucketHref(
  { from, to }: Span,
  filter: AuditFilter,
  size: PageSize,
  result?: 'failure',
): string {
  const range = filter.created && !filter.created.not ? filter.created.range : {};
  const ends = 'last' in range ? {} : range;
  const within = {
    from: ends.from && ends.from > from ? ends.from : from,
    to: ends.to && ends.to < to ? ends.to : to,
  };
  return logHref({
    filter: { ...filter, created: { not: false, range: within }, ...(result && { result: only(result) }) },
    size,
  });
}
