import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { getRunSpec } from '@/lib/api/endpoints/scans';
import { getRun } from '@/lib/scans/read-runs';
import { describeRunWithReport } from '../../../describe-scan';
import { orNotFound } from '../../../or-not-found';

const get = defineEndpoint(getRunSpec, async ({ params, organizationId }) =>
  describeRunWithReport(await orNotFound(getRun(organizationId, params.id, params.runId))),
);

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: get });
