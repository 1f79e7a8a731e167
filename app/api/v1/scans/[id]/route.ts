import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { deleteScanSpec, getScanSpec } from '@/lib/api/endpoints/scans';
import { deleteScan } from '@/lib/scans/delete-scan';
import { getScan } from '@/lib/scans/read-scans';
import { describeScan } from '../describe-scan';
import { orNotFound } from '../or-not-found';

const get = defineEndpoint(getScanSpec, async ({ params, organizationId }) =>
  describeScan(await orNotFound(getScan(organizationId, params.id))),
);

const remove = defineEndpoint(deleteScanSpec, ({ params, source }) =>
  orNotFound(deleteScan(source, params.id)),
);

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: get, DELETE: remove });
