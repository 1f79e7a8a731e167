import { z } from 'zod';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { integrationTarget, lockIntegration } from '@/lib/siem/integrations/lock';
import { NotFoundError } from '@/lib/siem/integrations/refusal';

type Action = 'siem.replay.pause' | 'siem.replay.resume' | 'siem.replay.cancel';
type Active = 'running' | 'paused';

/** Stops a replay where it is. Does nothing to one that is not running. Throws {@link NotFoundError}. */
export function pauseReplay(source: AuditSource, id: string): Promise<void> {
  return change(source, id, 'siem.replay.pause', ['running'], 'paused');
}

/** Lets a paused replay go on. Does nothing to one that is not paused. Throws {@link NotFoundError}. */
export function resumeReplay(source: AuditSource, id: string): Promise<void> {
  return change(source, id, 'siem.replay.resume', ['paused'], 'running');
}

/** Ends a replay for good; what it has sent stays in Splunk. Does nothing to one that has ended. Throws {@link NotFoundError}. */
export function cancelReplay(source: AuditSource, id: string): Promise<void> {
  return change(source, id, 'siem.replay.cancel', ['running', 'paused'], 'cancelled');
}

async function change(
  source: AuditSource,
  id: string,
  action: Action,
  from: readonly Active[],
  to: Active | 'cancelled',
): Promise<void> {
  await withTransaction(async (tx) => {
    const replay = await findReplay(tx, source.organization.id, id);
    const integration = await lockIntegration(tx, source.organization.id, replay.integrationId);
    // Read by the statement that changes it: the replay may have gone on since.
    const [changed] = await tx.$queryRaw<{ firstSeq: bigint; lastSeq: bigint; cursor: bigint }[]>`
      UPDATE siem_replay
         SET state = ${to}::replay_state, state_since = clock_timestamp(), attempt = 0, next_attempt_at = clock_timestamp()
       WHERE id = ${id}::uuid AND state::text = ANY(${[...from]})
      RETURNING first_seq AS "firstSeq", last_seq AS "lastSeq", cursor`;
    if (!changed) return;
    const { firstSeq, lastSeq, cursor } = changed;
    recordAudit(tx, {
      ...source,
      action,
      targets: integrationTarget(integration),
      metadata: {
        first_seq: firstSeq.toString(),
        last_seq: lastSeq.toString(),
        events: (lastSeq - firstSeq + 1n).toString(),
        sent: (cursor - firstSeq + 1n).toString(),
      },
    });
  });
}

async function findReplay(tx: Tx, organizationId: string, id: string) {
  const replay = z.uuid().safeParse(id).success
    ? await tx.siemReplay.findFirst({ where: { id, organizationId }, select: { integrationId: true } })
    : null;
  if (!replay) throw new NotFoundError();
  return replay;
}
