import { createHash } from 'node:crypto';
import type { AuditFilter } from './audit-filter';
import { formatAuditSearch } from './search-params';

/** Ties a page position to the filter it was made for. */
export function filterDigest(filter: AuditFilter): string {
  return createHash('sha256')
    .update(formatAuditSearch({ filter }).toString())
    .digest('base64url')
    .slice(0, 12);
}
