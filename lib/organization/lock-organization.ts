import type { Tx } from '@/lib/audit/transaction';

/**
 * Makes the transactions of one organization that call this wait for one another, until they end: a decision made after
 * it stays true until its change is committed. Take it before any other lock. Rows that only refer to the organization
 * are not held up.
 */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM organization WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
}
