import { logHref } from '@/components/audit/log-href';
import { type AuditFilter, only } from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';

type Span = { from: Date; to: Date };

/** The events of one bar, and no others: it lies within the times that were asked for, and outside of those left out. */
export function bucketHref(
  { from, to }: Span,
  filter: AuditFilter,
  size: PageSize,
  result?: 'failure',
): string {
  const created = { not: false, range: { from, to } };
  return logHref({ filter: { ...filter, created, ...(result && { result: only(result) }) }, size });
}
