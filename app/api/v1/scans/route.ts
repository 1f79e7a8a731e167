import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { createScanSpec, listScansSpec } from '@/lib/api/endpoints/scans';
import { requireKnownCursor } from '@/lib/api/paging';
import { createScan } from '@/lib/scans/create-scan';
import { getScan, listScans } from '@/lib/scans/read-scans';
import { describeScan } from './describe-scan';

const list = defineEndpoint(listScansSpec, async ({ query, organizationId }) => {
  const page = await listScans(organizationId, { size: query.limit, cursor: query.cursor });
  requireKnownCursor(page);
  return { data: page.rows.map(describeScan), next: page.next ?? null };
});

const create = defineEndpoint(createScanSpec, async ({ body, source, organizationId }) => {
  const { name, target_url: targetUrl, description } = body;
  const { id } = await createScan(source, { name, targetUrl, description });
  return describeScan(await getScan(organizationId, id));
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: list, POST: create });
