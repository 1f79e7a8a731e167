import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { RawJson } from '@/lib/api/endpoint';
import { listAuditEventsSpec } from '@/lib/api/endpoints/audit-events';
import { ApiProblem } from '@/lib/api/problem';
import { listSealedEvents, sealedJson } from '@/lib/audit/list-sealed-events';
import { readFilter } from './read-filter';

const list = defineEndpoint(listAuditEventsSpec, async ({ query, organizationId }) => {
  const { cursor, limit, ...asked } = query;
  const page = await listSealedEvents(organizationId, readFilter(asked), { size: limit, cursor });
  if (page.cursorRefused) {
    const detail = 'This is no cursor of these filters.';
    throw new ApiProblem('bad-request', detail, { errors: [{ in: 'query', name: 'cursor', detail }] });
  }
  const ends = JSON.stringify({ older: page.older ?? null, newer: page.newer });
  return new RawJson(`{"data":[${page.events.map(sealedJson).join(',')}],${ends.slice(1)}`);
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: list });
