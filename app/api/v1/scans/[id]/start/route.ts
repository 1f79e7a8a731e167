import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { startScanSpec } from '@/lib/api/endpoints/scans';
import { startScan } from '@/lib/scans/start-scan';
import { orNotFound } from '../../or-not-found';

const start = defineEndpoint(startScanSpec, async ({ params, source }) => {
  const { runId } = await orNotFound(startScan(source, params.id, 'api'));
  return { run_id: runId };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ POST: start });
