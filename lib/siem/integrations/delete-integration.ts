import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { hostOf } from '@/lib/siem/integrations/connection';
import { integrationTarget, lockIntegration } from '@/lib/siem/integrations/lock';

/**
 * Removes an integration with its position, receipts and parked events; the events themselves stay in the log. Returns
 * how many were not delivered. Throws {@link NotFoundError}.
 */
export async function deleteIntegration(source: AuditSource, id: string): Promise<{ undelivered: number }> {
  return withTransaction(async (tx) => {
    const integration = await lockIntegration(tx, source.organization.id, id);
    const { stream, head, eventUrl, index } = integration;
    const undelivered = head.seq - stream.cursor;
    await tx.siemIntegration.delete({
      where: { organizationId_id: { organizationId: source.organization.id, id } },
    });
    recordAudit(tx, {
      ...source,
      action: 'siem.integration.delete',
      targets: integrationTarget(integration),
      metadata: {
        host: hostOf(eventUrl),
        ...(index !== null && { index }),
        undelivered: undelivered.toString(),
      },
    });
    return { undelivered: Number(undelivered) };
  });
}
