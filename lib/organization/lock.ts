import type { Tx } from '@/lib/audit/transaction';

/**
 * Makes commands that change who may do what in an organization wait for one another until the transaction ends. Take
 * it before every other lock. Returns the time of the database, so that instances with a wrong clock agree.
 */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<Date> {
  // NO KEY, as every event refers to the organization: FOR UPDATE would hold up a writer that already has the end of
  // the log, which this transaction needs at its flush.
  const [row] = await tx.$queryRaw<{ now: Date }[]>`
    SELECT clock_timestamp() AS now FROM organization WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
  if (!row) throw new Error('the organization does not exist');
  return row.now;
}
