import type { z } from 'zod';
import type { listAuditEventsSpec } from '@/lib/api/endpoints/audit-events';
import { ApiProblem } from '@/lib/api/problem';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { parseAuditSearch } from '@/lib/audit/filter/search-params';

type Asked = Omit<z.output<typeof listAuditEventsSpec.query>, 'cursor' | 'limit'>;

/**
 * The one filter that pages and calls share, read by the one parser. What a page notes and leaves out is refused here:
 * a program does not read notices.
 */
export function readFilter(asked: Asked): AuditFilter {
  requireOneRange('range', asked.range, asked.from ?? asked.to);
  requireOneRange('not_range', asked.not_range, asked.not_from ?? asked.not_to);
  const { filter, notices } = parseAuditSearch({ ...asked }, 'UTC');
  const [notice] = notices;
  if (notice !== undefined) throw refused(undefined, notice);
  return filter;
}

function requireOneRange(name: string, range: string | undefined, end: string | undefined): void {
  if (range !== undefined && end !== undefined)
    throw refused(name, 'Ask for a range, or for from and to; not for both.');
}

function refused(name: string | undefined, detail: string): ApiProblem {
  return new ApiProblem('bad-request', 'The query was not understood.', {
    errors: [{ in: 'query', ...(name !== undefined && { name }), detail }],
  });
}
