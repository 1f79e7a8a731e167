import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { integrationTarget, lockIntegration } from '@/lib/siem/integrations/lock';

/** Named in the audit event; of more their number says enough. */
const mostNamed = 20;

/**
 * Has parked events sent once more, the named ones or all of them; the commit wakes the streamer. An accepted one is
 * settled, one that is refused again stays parked with the new reason. Returns how many: seqs that are not parked, or not
 * any more, are passed over, and when none is left nothing is recorded. Throws {@link NotFoundError}.
 */
export async function retryParked(
  source: AuditSource,
  integrationId: string,
  seqs: readonly string[] | 'all',
): Promise<{ retried: number }> {
  const chosen = seqs === 'all' ? [] : seqs.filter((seq) => /^\d{1,18}$/.test(seq)).map(BigInt);
  return withTransaction(async (tx) => {
    const integration = await lockIntegration(tx, source.organization.id, integrationId);
    const rows = await tx.$queryRaw<{ seq: bigint }[]>`
      UPDATE siem_parked SET state = 'retrying'
       WHERE integration_id = ${integrationId}::uuid AND state = 'parked'
         AND (${seqs === 'all'} OR seq = ANY(${chosen}))
      RETURNING seq`;
    const retried = rows.map(({ seq }) => seq).sort((a, b) => (a < b ? -1 : 1));
    if (retried.length > 0) {
      recordAudit(tx, {
        ...source,
        action: 'siem.parked.retry',
        targets: integrationTarget(integration),
        metadata: { events: retried.length, seqs: retried.slice(0, mostNamed).map(String) },
      });
    }
    return { retried: retried.length };
  });
}
