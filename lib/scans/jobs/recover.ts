import type PgBoss from 'pg-boss';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { type Claim, staleAfterMs } from '@/lib/scans/jobs/claim';
import { failIn } from '@/lib/scans/jobs/finish';
import { enqueueRun, queueName } from '@/lib/scans/jobs/queue';

/** A run whose worker died this often takes the server down itself, perhaps. */
export const maxDeaths = 3;

/** A run that waits longer than this has lost its job, or never had one. Seconds; a job is fetched every second. */
const waitingTooLong = 5;

type StaleRow = {
  runId: string;
  attempt: number;
  brokeOff: number;
  scanId: string;
  scanName: string;
  targetUrl: string;
  id: string;
  slug: string;
  name: string;
};

/**
 * Takes runs from workers that died: each waits for another worker, and fails after {@link maxDeaths}. Any number of
 * instances may do this at once.
 */
export async function recoverRuns(staleMs = staleAfterMs): Promise<void> {
  while (await withTransaction((tx) => recoverOne(tx, staleMs)));
}

async function recoverOne(tx: Tx, staleMs: number): Promise<boolean> {
  const [row] = await tx.$queryRaw<StaleRow[]>`
    SELECT run.id AS "runId", run.attempt, run.broke_off AS "brokeOff", scan.id AS "scanId", scan.name AS "scanName",
           scan.target_url AS "targetUrl", organization.id, organization.slug, organization.name
      FROM scan_run AS run
      JOIN scan ON scan.id = run.scan_id AND scan.organization_id = run.organization_id
      JOIN organization ON organization.id = run.organization_id
     WHERE run.status = 'running'
       AND run.heartbeat_at < clock_timestamp() - make_interval(secs => ${staleMs / 1_000})
     ORDER BY run.heartbeat_at LIMIT 1
       FOR NO KEY UPDATE OF scan, run SKIP LOCKED`;
  if (!row) return false;
  const { runId, attempt, brokeOff, scanId, scanName, targetUrl, ...organization } = row;
  const deaths = brokeOff + 1;
  if (deaths < maxDeaths) {
    await tx.$executeRaw`
      UPDATE scan_run SET status = 'queued', broke_off = ${deaths}, heartbeat_at = NULL, step = NULL, progress = 0
       WHERE id = ${runId}::uuid`;
    await enqueueRun(tx, runId);
    return true;
  }
  const claim: Claim = { runId, attempt, scan: { id: scanId, name: scanName, targetUrl }, organization };
  return failIn(tx, claim, `This run broke off ${deaths} times. The log of the server says more.`);
}

/**
 * Gives a job to every run that has waited too long for one: started before pg-boss had its tables, fetched by a worker
 * that died at once, or held back by an earlier run of its scan. A run that still has a job gets no second one.
 */
export async function sweepQueued(boss: PgBoss): Promise<void> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM scan_run
     WHERE status = 'queued' AND created_at < clock_timestamp() - make_interval(secs => ${waitingTooLong})`;
  if (rows.length === 0) return;
  await boss.insert(rows.map(({ id }) => ({ name: queueName, data: { runId: id }, singletonKey: id })));
}
