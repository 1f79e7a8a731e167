import { db } from '@/lib/db/client';
import { isDue } from '@/lib/siem/delivery/lease';

/** The integrations that a sender could take now: something waits, its time has come, nobody holds the lease. */
export async function dueIntegrations(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT s.integration_id AS id FROM siem_stream s WHERE ${isDue} ORDER BY s.next_attempt_at`;
  return rows.map((row) => row.id);
}

/** Every integration of these organizations, whoever holds its lease. */
export async function integrationsOf(organizationIds: readonly string[]): Promise<string[]> {
  const rows = await db().siemStream.findMany({
    where: { organizationId: { in: [...organizationIds] } },
    select: { integrationId: true },
  });
  return rows.map((row) => row.integrationId);
}
