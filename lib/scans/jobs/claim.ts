import type { AuditSource } from '@/lib/audit/event';
import { withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { enqueueRun } from '@/lib/scans/jobs/queue';

/**
 * Milliseconds without a heartbeat after which a worker counts as dead and its run is taken up anew. A worker that cannot
 * reach the database gives its run up well before.
 */
export const staleAfterMs = 20_000;

/** A run that this worker has, until somebody raises `attempt` or ends the run: every write of a worker names both. */
export type Claim = {
  readonly runId: string;
  readonly attempt: number;
  readonly scan: { readonly id: string; readonly name: string; readonly targetUrl: string };
  readonly organization: AuditSource['organization'];
};

type ClaimRow = {
  attempt: number;
  scanId: string;
  scanName: string;
  targetUrl: string;
  id: string;
  slug: string;
  name: string;
};

/**
 * Takes a waiting run up. Undefined when somebody else has it, when it has ended, or while the worker of an earlier run of
 * the same scan has not let go yet: a scan never looks at its target twice at once.
 */
export async function claimRun(runId: string, staleMs = staleAfterMs): Promise<Claim | undefined> {
  const [row] = await db().$queryRaw<ClaimRow[]>`
    UPDATE scan_run AS run
       SET status = 'running', attempt = run.attempt + 1, heartbeat_at = clock_timestamp(), progress = 0,
           started_at = coalesce(run.started_at, clock_timestamp())
      FROM scan, organization
     WHERE run.id = ${runId}::uuid AND run.status = 'queued'
       AND scan.id = run.scan_id AND scan.organization_id = run.organization_id
       AND organization.id = run.organization_id
       AND NOT EXISTS (
         SELECT 1 FROM scan_run AS other
          WHERE other.organization_id = run.organization_id AND other.scan_id = run.scan_id AND other.id <> run.id
            AND other.heartbeat_at > clock_timestamp() - make_interval(secs => ${staleMs / 1_000}))
    RETURNING run.attempt, scan.id AS "scanId", scan.name AS "scanName", scan.target_url AS "targetUrl",
              organization.id, organization.slug, organization.name`;
  if (!row) return undefined;
  const { attempt, scanId, scanName, targetUrl, ...organization } = row;
  return { runId, attempt, scan: { id: scanId, name: scanName, targetUrl }, organization };
}

/** Says that the worker lives. False when the run is not its own any more. */
export async function beat({ runId, attempt }: Claim): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE scan_run SET heartbeat_at = clock_timestamp()
     WHERE id = ${runId}::uuid AND attempt = ${attempt} AND status = 'running'`;
  return count > 0;
}

/** Says how far it is, which is a heartbeat too. False when the run is not its own any more. */
export async function saveStep({ runId, attempt }: Claim, step: string, progress: number): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE scan_run SET step = ${step}, progress = ${progress}, heartbeat_at = clock_timestamp()
     WHERE id = ${runId}::uuid AND attempt = ${attempt} AND status = 'running'`;
  return count > 0;
}

/** Says that the worker of a run which was ended by somebody else has let go of the target. */
export async function letGo({ runId, attempt }: Claim): Promise<void> {
  await db().$executeRaw`
    UPDATE scan_run SET heartbeat_at = NULL
     WHERE id = ${runId}::uuid AND attempt = ${attempt} AND status <> 'running'`;
}

/** Lets a run wait for another worker, because this one is told to end. */
export async function giveBack({ runId, attempt }: Claim): Promise<void> {
  await withTransaction(async (tx) => {
    const count = await tx.$executeRaw`
      UPDATE scan_run SET status = 'queued', heartbeat_at = NULL, step = NULL, progress = 0
       WHERE id = ${runId}::uuid AND attempt = ${attempt} AND status = 'running'`;
    if (count > 0) await enqueueRun(tx, runId);
  });
}
