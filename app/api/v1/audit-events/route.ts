import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { RawJson } from '@/lib/api/endpoint';
import { listAuditEventsSpec } from '@/lib/api/endpoints/audit-events';
import { requireKnownCursor } from '@/lib/api/paging';
import { listSealedEvents } from '@/lib/audit/list-sealed-events';
import { eventsJson } from './event-json';
import { readFilter } from './read-filter';

const list = defineEndpoint(listAuditEventsSpec, async ({ query, organizationId }) => {
  const { cursor, limit, ...asked } = query;
  const page = await listSealedEvents(organizationId, readFilter(asked), { size: limit, cursor });
  requireKnownCursor(page);
  const ends = JSON.stringify({ older: page.older ?? null, newer: page.newer });
  const events = await eventsJson(organizationId, page.events);
  return new RawJson(`{"data":[${events.join(',')}],${ends.slice(1)}`);
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: list });
