import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { lockScan, scanTarget } from '@/lib/scans/lock';

/**
 * Removes a scan with its schedule, runs and findings; its events stay in the log. A run that is under way ends with it,
 * which is recorded as a stop of its own. Throws {@link NotFoundError}.
 */
export async function deleteScan(source: AuditSource, id: string): Promise<void> {
  await withTransaction(async (tx) => {
    const organizationId = source.organization.id;
    const scan = await lockScan(tx, organizationId, id);
    const active = await tx.scanRun.findFirst({
      where: { organizationId, scanId: id, status: { in: ['queued', 'running'] } },
      select: { id: true },
    });
    await tx.scan.delete({ where: { organizationId_id: { organizationId, id } } });
    const event = { ...source, targets: scanTarget(scan) };
    if (active) recordAudit(tx, { ...event, action: 'scan.stop', metadata: { run_id: active.id } });
    recordAudit(tx, { ...event, action: 'scan.delete', metadata: {} });
  });
}
