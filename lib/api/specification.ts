import type { EndpointSpec } from '@/lib/api/endpoint';
import { getAuditEventSpec, getCatalogSpec, listAuditEventsSpec } from '@/lib/api/endpoints/audit-events';
import { getSiemStatusSpec } from '@/lib/api/endpoints/siem';

/** Every call of the API, in the order of its documentation. A test compares it with the route files. */
export const specification: readonly EndpointSpec[] = [
  listAuditEventsSpec,
  getAuditEventSpec,
  getCatalogSpec,
  getSiemStatusSpec,
];
