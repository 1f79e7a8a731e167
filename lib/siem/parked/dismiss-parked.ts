import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { integrationTarget, lockIntegration } from '@/lib/siem/integrations/lock';
import { RefusedError } from '@/lib/siem/integrations/refusal';

const maxReasonLength = 500;

/**
 * Settles that a parked event will not be sent, with the reason; the event stays in the log. Throws {@link NotFoundError},
 * or a {@link RefusedError} of the field `reason` when there is none, or of the form when the event is not parked any more.
 */
export async function dismissParked(
  source: AuditSource,
  integrationId: string,
  seq: string,
  reason: string,
): Promise<void> {
  const why = parseReason(reason);
  await withTransaction(async (tx) => {
    const integration = await lockIntegration(tx, source.organization.id, integrationId);
    const dismissed = /^\d{1,18}$/.test(seq)
      ? await tx.$executeRaw`
          UPDATE siem_parked
             SET state = 'dismissed', closed_at = clock_timestamp(), closed_by = ${source.actor.name ?? null},
                 dismissal = ${why}
           WHERE integration_id = ${integrationId}::uuid AND seq = ${BigInt(seq)} AND state IN ('parked', 'retrying')`
      : 0;
    if (dismissed === 0) throw notParked;
    recordAudit(tx, {
      ...source,
      action: 'siem.parked.dismiss',
      targets: integrationTarget(integration),
      metadata: { seq, reason: why },
    });
  });
}

function parseReason(typed: string): string {
  const reason = typed
    .normalize('NFC')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  if (reason === '') throw refused('Enter a reason', 'It stands in the audit log beside your name.');
  if (reason.length > maxReasonLength)
    throw refused(`Reason is longer than ${maxReasonLength} characters`, 'Shorten it.');
  return reason;
}

function refused(message: string, hint: string): RefusedError {
  return new RefusedError([{ field: 'reason', message, hint }]);
}

const notParked = new RefusedError([
  {
    field: 'form',
    message: 'This event is not parked any more',
    hint: 'It was delivered or dismissed meanwhile.',
  },
]);
