import { z } from 'zod';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import {
  type IntegrationStatus,
  type StatusRow,
  type StreamState,
  statusOf,
} from '@/lib/siem/integrations/integration-status';

export type { IntegrationStatus, StreamState } from '@/lib/siem/integrations/integration-status';

/** The median of more would say no more. */
const latencySamples = 1_000;

/** An organization's integrations in the order they were added. Never holds a token. */
export function listIntegrations(organizationId: string): Promise<IntegrationStatus[]> {
  return select(Prisma.sql`i.organization_id = ${organizationId}::uuid`);
}

/** One integration; undefined when the organization has none of that id. Never holds a token. */
export async function getIntegrationStatus(
  organizationId: string,
  id: string,
): Promise<IntegrationStatus | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const [found] = await select(
    Prisma.sql`i.organization_id = ${organizationId}::uuid AND i.id = ${id}::uuid`,
  );
  return found;
}

/** The state that needs attention most among an organization's streams, for every page; undefined without any. */
export async function worstStreamState(organizationId: string): Promise<StreamState | undefined> {
  const rows = await db().siemStream.findMany({ where: { organizationId }, select: { state: true } });
  const byUrgency: StreamState[] = ['blocked', 'degraded', 'paused', 'healthy'];
  return byUrgency.find((state) => rows.some((row) => row.state === state));
}

async function select(condition: Prisma.Sql): Promise<IntegrationStatus[]> {
  const rows = await db().$queryRaw<StatusRow[]>`
    SELECT i.id, i.name, i.hec_url AS "hecUrl", i.event_url AS "eventUrl", i.index, i.token_last4 AS "tokenLast4",
           i.token_set_at AS "tokenSetAt", i.ca_certificate AS "caCertificate",
           i.pinned_fingerprint AS "pinnedFingerprint", i.heartbeat_minutes AS "heartbeatMinutes", i.created_at AS "createdAt", s.state::text, s.state_since AS "stateSince",
           s.paused_by AS "pausedBy", h.seq - s.cursor AS waiting,
           (SELECT e.occurred_at FROM audit_event e
             WHERE e.organization_id = i.organization_id AND e.seq > s.cursor
             ORDER BY e.seq LIMIT 1) AS "oldestWaitingAt",
           last.id AS "lastId", last.seq AS "lastSeq", last.action AS "lastAction",
           last.occurred_at AS "lastOccurredAt", last.delivered_at AS "lastDeliveredAt",
           s.delivered_events AS "deliveredTotal",
           (SELECT coalesce(sum(r.events), 0)::bigint FROM siem_receipt r
             WHERE r.integration_id = i.id AND r.delivered_at > now() - interval '24 hours') AS "deliveredToday",
           (SELECT count(*)::int FROM siem_parked p
             WHERE p.integration_id = i.id AND p.state IN ('parked', 'retrying')) AS parked,
           (SELECT count(*)::int FROM siem_replay r
             WHERE r.integration_id = i.id AND r.state IN ('running', 'paused')) AS replays,
           s.unaccounted, s.proven_seq AS "provenSeq",
           CASE WHEN s.slow_until > now() THEN s.slow_until END AS "slowUntil",
           latency.p50 AS "p50Ms", latency.p95 AS "p95Ms",
           s.first_failure_at IS NOT NULL AS failing, s.attempt AS attempts, s.next_attempt_at AS "nextAttemptAt",
           s.last_error_at AS "lastErrorAt", s.last_error AS "lastError"
      FROM siem_integration i
      JOIN siem_stream s ON s.integration_id = i.id
      JOIN audit_head h ON h.organization_id = i.organization_id
      LEFT JOIN LATERAL (
        SELECT e.id, e.seq, e.action, e.occurred_at, r.delivered_at
          FROM siem_receipt r JOIN audit_event e ON e.organization_id = i.organization_id AND e.seq = r.last_seq
         WHERE r.integration_id = i.id ORDER BY r.last_seq DESC LIMIT 1) AS last ON true
      CROSS JOIN LATERAL (
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
               percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) AS p95
          FROM (SELECT r.lag_ms AS ms FROM siem_receipt r
                 WHERE r.integration_id = i.id AND r.delivered_at > now() - interval '24 hours'
                 ORDER BY r.delivered_at DESC LIMIT ${latencySamples}) AS samples) AS latency
     WHERE ${condition}
     ORDER BY i.created_at, i.id`;
  return rows.map(statusOf);
}
