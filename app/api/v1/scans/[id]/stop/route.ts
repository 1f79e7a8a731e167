import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { stopScanSpec } from '@/lib/api/endpoints/scans';
import { stopScan } from '@/lib/scans/stop-scan';
import { orNotFound } from '../../or-not-found';

const stop = defineEndpoint(stopScanSpec, ({ params, source }) => orNotFound(stopScan(source, params.id)));

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ POST: stop });
