import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { logTarget } from '@/lib/integrity/log-target';
import { leastDays, type RetentionDays } from '@/lib/integrity/retention/choices';
import { retentionInWords } from '@/lib/integrity/retention/words';
import { wake } from '@/lib/integrity/wake';

/**
 * Sets after how many days events are deleted; null: never. `confirmed` is the number of events that the admin was told
 * would go. Does nothing when it is so already. Throws a {@link UserError} for fewer than 90 days, and when meanwhile more
 * events would go.
 */
export async function setRetention(
  source: AuditSource,
  { days, confirmed }: { days: RetentionDays; confirmed: number },
): Promise<void> {
  if (days !== null && !(Number.isInteger(days) && days >= leastDays && days <= 36_500))
    throw new UserError(`Events are kept for at least ${leastDays} days.`, { field: 'days' });
  await withTransaction(async (tx) => {
    const { organization } = source;
    // The end of the log first, as every command locks it: nothing is deleted meanwhile by the old setting.
    await tx.$queryRaw`SELECT 1 FROM audit_head WHERE organization_id = ${organization.id}::uuid FOR UPDATE`;
    const [row] = await tx.$queryRaw<{ days: number | null; going: bigint }[]>`
      SELECT o.retention_days AS days, audit_expired(o.id, ${days}::int) - h.anchor_seq AS going
        FROM organization o JOIN audit_head h ON h.organization_id = o.id
       WHERE o.id = ${organization.id}::uuid`;
    if (!row || row.days === days) return;
    if (row.going > BigInt(confirmed))
      throw new UserError('Meanwhile more events would be deleted than you were told.', {
        hint: 'Look at the number again, then confirm it.',
      });
    await tx.organization.update({ where: { id: organization.id }, data: { retentionDays: days } });
    recordAudit(tx, {
      ...source,
      action: 'audit_log.update_retention',
      targets: [logTarget(organization)],
      changes: [{ field: 'retention', from: retentionInWords(row.days), to: retentionInWords(days) }],
      metadata: { ...(days !== null && { days }), events: row.going.toString() },
    });
  });
  wake();
}
