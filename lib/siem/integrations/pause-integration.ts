import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { integrationTarget, lockIntegration } from '@/lib/siem/integrations/lock';

/**
 * Stops sending, without limit of time; events go on being recorded and wait. A request that is under way may end, and
 * what Splunk accepts of it counts. Does nothing when paused already. Throws {@link NotFoundError}.
 */
export async function pauseIntegration(source: AuditSource, id: string): Promise<void> {
  await withTransaction(async (tx) => {
    const integration = await lockIntegration(tx, source.organization.id, id);
    if (integration.stream.state === 'paused') return;
    await tx.$executeRaw`
      UPDATE siem_stream
         SET state = 'paused', state_since = clock_timestamp(), paused_by = ${source.actor.name ?? null}
       WHERE integration_id = ${id}::uuid`;
    recordAudit(tx, {
      ...source,
      action: 'siem.integration.pause',
      targets: integrationTarget(integration),
      metadata: {},
    });
  });
}

/**
 * Goes on where the stream stopped; the commit wakes the streamer. Does nothing when not paused.
 * Throws {@link NotFoundError}.
 */
export async function resumeIntegration(source: AuditSource, id: string): Promise<void> {
  await withTransaction(async (tx) => {
    const integration = await lockIntegration(tx, source.organization.id, id);
    const { stream, head } = integration;
    if (stream.state !== 'paused') return;
    await tx.$executeRaw`
      UPDATE siem_stream
         SET state = 'healthy', state_since = clock_timestamp(), paused_by = NULL, attempt = 0, first_failure_at = NULL,
             next_attempt_at = clock_timestamp()
       WHERE integration_id = ${id}::uuid`;
    recordAudit(tx, {
      ...source,
      action: 'siem.integration.resume',
      targets: integrationTarget(integration),
      metadata: { waiting: (head.seq - stream.cursor).toString() },
    });
  });
}
