import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { compare } from '@/lib/scans/checks/compare';
import { type Finding, isProblem } from '@/lib/scans/checks/finding';
import { gradeOf } from '@/lib/scans/checks/grade';
import type { Claim } from '@/lib/scans/jobs/claim';
import { scanTarget } from '@/lib/scans/lock';
import { type Report, readReport } from '@/lib/scans/report';

/** How many runs of a scan are kept. The log keeps that every one of them happened, with its grade. */
export const runsKept = 200;

/** What the catalogue takes. */
const maxReasonLength = 500;

/** Who ends a run by itself. */
export function scanner(organization: AuditSource['organization']): AuditSource {
  return { organization, actor: { type: 'system', name: 'Scanner' }, context: { origin: 'system' } };
}

/**
 * Stores what a run found, compared with the finished run before it, and records `scan.finish`. False when the run is not
 * this worker's any more: then nothing of it is kept.
 */
export function finishRun(
  claim: Claim,
  seen: { readonly findings: readonly Finding[]; readonly visits: Report['visits'] },
): Promise<boolean> {
  return withTransaction(async (tx) => {
    if (!(await holdScan(tx, claim))) return false;
    const before = await finishedBefore(tx, claim);
    const difference = before && compare(before.findings, seen.findings);
    const report: Report = {
      visits: seen.visits,
      findings: [...seen.findings],
      comparedWith: before?.runId ?? null,
      new: difference?.new ?? [],
      fixed: difference?.fixed ?? [],
    };
    const grade = gradeOf(seen.findings);
    const findings = seen.findings.filter(isProblem).length;
    const count = await tx.$executeRaw`
      UPDATE scan_run
         SET status = 'finished', finished_at = clock_timestamp(), heartbeat_at = NULL, progress = 100, step = NULL,
             grade = ${grade}, findings = ${JSON.stringify(report)}::jsonb, finding_count = ${findings},
             new_findings = ${difference?.new.length ?? null}::int
       WHERE id = ${claim.runId}::uuid AND attempt = ${claim.attempt} AND status = 'running'`;
    if (count === 0) return false;
    await forgetOldRuns(tx, claim);
    recordAudit(tx, {
      ...scanner(claim.organization),
      action: 'scan.finish',
      targets: scanTarget(claim.scan),
      metadata: { run_id: claim.runId, grade, findings },
    });
    return true;
  });
}

/** Ends a run that found nothing to examine, and records why. False when the run is not this worker's any more. */
export function failRun(claim: Claim, reason: string): Promise<boolean> {
  return withTransaction((tx) => failIn(tx, claim, reason));
}

/** {@link failRun} within a transaction. */
export async function failIn(tx: Tx, claim: Claim, reason: string): Promise<boolean> {
  const told = reason.slice(0, maxReasonLength);
  if (!(await holdScan(tx, claim))) return false;
  const count = await tx.$executeRaw`
    UPDATE scan_run SET status = 'failed', finished_at = clock_timestamp(), heartbeat_at = NULL, step = NULL,
                        reason = ${told}
     WHERE id = ${claim.runId}::uuid AND attempt = ${claim.attempt} AND status = 'running'`;
  if (count === 0) return false;
  await forgetOldRuns(tx, claim);
  recordAudit(tx, {
    ...scanner(claim.organization),
    action: 'scan.finish',
    outcome: 'failure',
    targets: scanTarget(claim.scan),
    metadata: { run_id: claim.runId, reason: told },
  });
  return true;
}

/**
 * Locks the scan before its runs, as every command does: whoever took them the other way round could wait for a deletion
 * that waits for him. False when the scan is gone.
 */
async function holdScan(tx: Tx, { scan, organization }: Claim): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM scan WHERE organization_id = ${organization.id}::uuid AND id = ${scan.id}::uuid
       FOR NO KEY UPDATE`;
  return rows.length > 0;
}

async function finishedBefore(tx: Tx, { scan, organization }: Claim) {
  const run = await tx.scanRun.findFirst({
    where: { organizationId: organization.id, scanId: scan.id, status: 'finished' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, findings: true },
  });
  const report = readReport(run?.findings);
  return run && report ? { runId: run.id, findings: report.findings } : undefined;
}

async function forgetOldRuns(tx: Tx, { scan, organization }: Claim): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM scan_run
     WHERE organization_id = ${organization.id}::uuid AND scan_id = ${scan.id}::uuid
       AND id IN (SELECT id FROM scan_run
                   WHERE organization_id = ${organization.id}::uuid AND scan_id = ${scan.id}::uuid
                   ORDER BY created_at DESC, id DESC OFFSET ${runsKept})`;
}
