import type { AuditSource } from '@/lib/audit/event';
import { log } from '@/lib/log';

type Organization = AuditSource['organization'];

/**
 * Does some work for one organization after the other, until `signal` aborts. One for which it fails keeps nobody behind
 * it waiting: that leaves a line in the log, and the first failure is thrown when all have had their turn.
 */
export async function forEachOrganization(
  organizations: readonly Organization[],
  work: (organization: Organization) => Promise<unknown>,
  signal?: AbortSignal,
): Promise<void> {
  const failures: unknown[] = [];
  for (const organization of organizations) {
    if (signal?.aborted) break;
    try {
      await work(organization);
    } catch (error) {
      log.warn({ err: error, organizationId: organization.id }, 'the upkeep of an audit log failed');
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
