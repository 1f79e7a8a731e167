import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { listRunsSpec } from '@/lib/api/endpoints/scans';
import { requireKnownCursor } from '@/lib/api/paging';
import { listRuns } from '@/lib/scans/read-runs';
import { describeRun } from '../../describe-scan';
import { orNotFound } from '../../or-not-found';

const list = defineEndpoint(listRunsSpec, async ({ params, query, organizationId }) => {
  const { cursor, limit } = query;
  const page = await orNotFound(listRuns(organizationId, params.id, { size: limit, cursor }));
  requireKnownCursor(page);
  return { data: page.rows.map(describeRun), next: page.next ?? null };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: list });
