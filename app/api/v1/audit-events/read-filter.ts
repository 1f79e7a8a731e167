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
  if (asked.range !== undefined && (asked.from ?? asked.to) !== undefined)
    throw refused('range', 'Ask for a range, or for from and to; not for both.');
  const { filter, notices } = parseAuditSearch({ ...asked }, 'UTC');
  const [notice] = notices;
  if (notice !== undefined) throw refused(undefined, notice);
  return filter;
}

function refused(name: string | undefined, detail: string): ApiProblem {
  return new ApiProblem('bad-request', 'The query was not understood.', {
    errors: [{ in: 'query', ...(name !== undefined && { name }), detail }],
  });
}
