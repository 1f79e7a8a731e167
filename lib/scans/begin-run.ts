import { randomUUID } from 'node:crypto';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import type { Tx } from '@/lib/audit/transaction';
import { enqueueRun } from '@/lib/scans/jobs/queue';
import { scanTarget } from '@/lib/scans/lock';
import type { RunTrigger } from '@/lib/scans/scan';

/** Adds a run that waits for a worker, its job and `scan.start`. Call it while holding the scan's lock, with none active. */
export async function beginRun(
  tx: Tx,
  source: AuditSource,
  scan: { readonly id: string; readonly name: string },
  trigger: RunTrigger,
): Promise<{ runId: string }> {
  const runId = randomUUID();
  await tx.scanRun.create({
    data: {
      id: runId,
      organizationId: source.organization.id,
      scanId: scan.id,
      trigger,
      startedByName: trigger === 'schedule' ? null : (source.actor.name ?? null),
    },
  });
  await enqueueRun(tx, runId);
  recordAudit(tx, {
    ...source,
    action: 'scan.start',
    targets: scanTarget(scan),
    metadata: { run_id: runId, trigger },
  });
  return { runId };
}
