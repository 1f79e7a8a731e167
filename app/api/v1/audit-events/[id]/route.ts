import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { RawJson } from '@/lib/api/endpoint';
import { getAuditEventSpec } from '@/lib/api/endpoints/audit-events';
import { ApiProblem } from '@/lib/api/problem';
import { getAuditEvent } from '@/lib/audit/get-event';
import { eventsJson } from '../event-json';

const get = defineEndpoint(getAuditEventSpec, async ({ params, organizationId }) => {
  const event = await getAuditEvent(organizationId, params.id);
  if (!event) throw new ApiProblem('not-found', 'There is no event of this id.');
  const [json = ''] = await eventsJson(organizationId, [event]);
  return new RawJson(json);
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: get });
