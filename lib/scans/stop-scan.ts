import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { elapsedWords } from '@/lib/elapsed';
import { lockScan, scanTarget } from '@/lib/scans/lock';

/**
 * Stops the run that is queued or under way, which ends at once: its worker finds out within about a second, drops the
 * request in flight, and nothing of it is kept. Throws {@link NotFoundError}, or a UserError that says what became of the
 * run when there is none to stop.
 */
export async function stopScan(source: AuditSource, id: string): Promise<void> {
  await withTransaction(async (tx) => {
    const organizationId = source.organization.id;
    const scan = await lockScan(tx, organizationId, id);
    const who = source.actor.name ?? 'Somebody';
    const [stopped] = await tx.$queryRaw<{ id: string }[]>`
      UPDATE scan_run
         SET status = 'stopped', finished_at = clock_timestamp(), step = NULL, reason = ${`${who} stopped this scan`}
       WHERE organization_id = ${organizationId}::uuid AND scan_id = ${id}::uuid AND status IN ('queued', 'running')
      RETURNING id`;
    if (!stopped) throw await nothingToStop(tx, organizationId, id);
    recordAudit(tx, {
      ...source,
      action: 'scan.stop',
      targets: scanTarget(scan),
      metadata: { run_id: stopped.id },
    });
  });
}

async function nothingToStop(tx: Tx, organizationId: string, scanId: string): Promise<UserError> {
  const last = await tx.scanRun.findFirst({
    where: { organizationId, scanId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { status: true, finishedAt: true, reason: true },
  });
  const hint = 'There is nothing left to stop.';
  if (!last?.finishedAt) return new UserError('This scan is not running.', { hint });
  const ago = elapsedWords(Date.now() - last.finishedAt.getTime());
  const what = last.status === 'stopped' && last.reason ? last.reason : `This scan ${last.status}`;
  return new UserError(`${what} ${ago} ago.`, { hint });
}
