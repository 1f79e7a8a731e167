import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { withTransaction } from '@/lib/audit/transaction';
import { elapsedWords } from '@/lib/elapsed';
import { beginRun } from '@/lib/scans/begin-run';
import { lockScan } from '@/lib/scans/lock';

/**
 * Starts a scan: a worker takes the run up within seconds. Throws {@link NotFoundError}, or a UserError that says who
 * started it when it is under way already.
 */
export async function startScan(
  source: AuditSource,
  id: string,
  trigger: 'manual' | 'api',
): Promise<{ runId: string }> {
  return withTransaction(async (tx) => {
    const organizationId = source.organization.id;
    const scan = await lockScan(tx, organizationId, id);
    const active = await tx.scanRun.findFirst({
      where: { organizationId, scanId: id, status: { in: ['queued', 'running'] } },
      select: { createdAt: true, startedByName: true },
    });
    if (active) {
      const who = active.startedByName ?? 'The scheduler';
      const ago = elapsedWords(Date.now() - active.createdAt.getTime());
      throw new UserError(`${who} started this scan ${ago} ago.`, {
        hint: 'Wait until it ends, or stop it first.',
      });
    }
    return beginRun(tx, source, scan, trigger);
  });
}
