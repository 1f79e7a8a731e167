import type { EndpointSpec } from '@/lib/api/endpoint';
import { getAuditEventSpec, getCatalogSpec, listAuditEventsSpec } from '@/lib/api/endpoints/audit-events';
import {
  createScanSpec,
  deleteScanSpec,
  getRunSpec,
  getScanSpec,
  listRunsSpec,
  listScansSpec,
  scheduleScanSpec,
  startScanSpec,
  stopScanSpec,
  unscheduleScanSpec,
} from '@/lib/api/endpoints/scans';
import { getSiemStatusSpec } from '@/lib/api/endpoints/siem';

/** Every call of the API, in the order of its documentation. A test compares it with the route files. */
export const specification: readonly EndpointSpec[] = [
  listAuditEventsSpec,
  getAuditEventSpec,
  getCatalogSpec,
  getSiemStatusSpec,
  listScansSpec,
  createScanSpec,
  getScanSpec,
  deleteScanSpec,
  startScanSpec,
  stopScanSpec,
  scheduleScanSpec,
  unscheduleScanSpec,
  listRunsSpec,
  getRunSpec,
];
