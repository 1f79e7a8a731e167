import PgBoss from 'pg-boss';
import type { Tx } from '@/lib/audit/transaction';
import { pool } from '@/lib/db/pool';

/** Where pg-boss keeps its tables, beside ours. */
const schema = 'pgboss';

export const queueName = 'scan-run';

/** Kept for somebody who looks into the table; the run itself has its own row. */
const archiveAfterSeconds = 60 * 60;
const deleteAfterHours = 24;

/** What a job carries. Everything else is read from the run when a worker takes it up. */
export type ScanJob = { readonly runId: string };

/**
 * pg-boss on the pool that the rest of the application uses. Its own clock is off: schedules are rows of ours. Make a new
 * one after a failed start: an instance that failed to start says that it has.
 */
export function createBoss(): PgBoss {
  const db = {
    executeSql: (text: string, values?: unknown[]) =>
      values === undefined ? pool().query(text) : pool().query(text, values),
  };
  return new PgBoss({
    db,
    schema,
    schedule: false,
    archiveCompletedAfterSeconds: archiveAfterSeconds,
    archiveFailedAfterSeconds: archiveAfterSeconds,
    deleteAfterHours,
  });
}

/**
 * Puts a run's job into the queue, in the transaction that makes the run wait. One job waits for a run at most, so putting
 * it there twice does nothing. Before pg-boss has made its tables nothing is put there either: the sweeper of
 * lib/scans/jobs/recover.ts finds runs that wait without a job.
 */
export async function enqueueRun(tx: Tx, runId: string): Promise<void> {
  const [found] = await tx.$queryRaw<{ installed: boolean }[]>`
    SELECT to_regclass(${`${schema}.job`}) IS NOT NULL AS installed`;
  if (!found?.installed) return;
  const job: ScanJob = { runId };
  await createBoss().send(queueName, job, {
    singletonKey: runId,
    db: {
      executeSql: async (text, values) => ({ rows: await tx.$queryRawUnsafe<unknown[]>(text, ...values) }),
    },
  });
}
