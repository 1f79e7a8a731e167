import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { replayIsDue, streamIsDue } from '@/lib/siem/delivery/lease';
import type { Lane } from '@/lib/siem/delivery/scheduler';

export type DueStream = { readonly id: string; readonly lane: Lane };

/** A receiver that failed the last time may hang the next time. */
const lane = Prisma.sql`CASE WHEN s.attempt > 0 THEN 'patient' ELSE 'prompt' END AS lane`;

/** The integrations that a sender could take now: something waits, its time has come, nobody holds the lease. */
export function dueIntegrations(): Promise<DueStream[]> {
  return db().$queryRaw`
    SELECT s.integration_id AS id, ${lane} FROM siem_stream s WHERE ${streamIsDue} ORDER BY s.next_attempt_at`;
}

/** Every integration of these organizations, whoever holds its lease. */
export function integrationsOf(organizationIds: readonly string[]): Promise<DueStream[]> {
  return db().$queryRaw`
    SELECT s.integration_id AS id, ${lane} FROM siem_stream s
     WHERE s.organization_id = ANY(${[...organizationIds]}::uuid[]) AND s.state <> 'paused'`;
}

/** The replays that a sender could take now. */
export async function dueReplays(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT s.id FROM siem_replay s WHERE ${replayIsDue} ORDER BY s.next_attempt_at`;
  return rows.map((row) => row.id);
}
