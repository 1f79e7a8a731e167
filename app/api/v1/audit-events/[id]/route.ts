import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { RawJson } from '@/lib/api/endpoint';
import { getAuditEventSpec } from '@/lib/api/endpoints/audit-events';
import { ApiProblem } from '@/lib/api/problem';
import { getAuditEvent } from '@/lib/audit/get-event';
import { sealedJson } from '@/lib/audit/list-sealed-events';

const get = defineEndpoint(getAuditEventSpec, async ({ params, organizationId }) => {
  const event = await getAuditEvent(organizationId, params.id);
  if (!event) throw new ApiProblem('not-found', 'There is no event of this id.');
  return new RawJson(sealedJson(event));
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: get });
