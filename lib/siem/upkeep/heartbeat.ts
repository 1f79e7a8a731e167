import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { integrationTarget, lockHead } from '@/lib/siem/integrations/lock';

type Idle = {
  integrationId: string;
  integrationName: string;
  organizationId: string;
  slug: string;
  name: string;
  heartbeatMinutes: number;
  head: bigint;
};

/**
 * Records a `siem.heartbeat` event for each stream that wants one and for which nothing has happened for so long; it is
 * delivered like every other, so an alert in Splunk can tell silence from a broken stream. Only a stream that has caught up
 * gets one: heartbeats never pile up behind an outage. One heartbeat serves all integrations of an organization, and of
 * several processes one records it.
 */
export async function recordHeartbeats(): Promise<void> {
  for (const idle of await idleStreams()) {
    const source: AuditSource = {
      organization: { id: idle.organizationId, slug: idle.slug, name: idle.name },
      actor: { type: 'system' },
      context: { origin: 'system' },
    };
    await withTransaction(async (tx) => {
      const { seq } = await lockHead(tx, idle.organizationId);
      if (seq !== idle.head) return;
      recordAudit(tx, {
        ...source,
        action: 'siem.heartbeat',
        targets: integrationTarget({ id: idle.integrationId, name: idle.integrationName }),
        metadata: { idle_minutes: idle.heartbeatMinutes },
      });
    });
  }
}

function idleStreams(): Promise<Idle[]> {
  return db().$queryRaw`
    SELECT i.id AS "integrationId", i.name AS "integrationName", i.heartbeat_minutes AS "heartbeatMinutes",
           o.id AS "organizationId", o.slug, o.name, h.seq AS head
      FROM siem_integration i
      JOIN siem_stream s ON s.integration_id = i.id
      JOIN organization o ON o.id = i.organization_id
      JOIN audit_head h ON h.organization_id = o.id
      JOIN audit_event last ON last.organization_id = o.id AND last.seq = h.seq
     WHERE i.heartbeat_minutes IS NOT NULL AND s.state = 'healthy' AND s.cursor = h.seq
       AND last.occurred_at <= clock_timestamp() - make_interval(mins => i.heartbeat_minutes)
     ORDER BY i.created_at, i.id`;
}
