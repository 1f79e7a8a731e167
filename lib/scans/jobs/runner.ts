import { setTimeout as sleep } from 'node:timers/promises';
import type PgBoss from 'pg-boss';
import { log } from '@/lib/log';
import { createBoss, queueName, type ScanJob } from '@/lib/scans/jobs/queue';
import { recoverRuns, sweepQueued } from '@/lib/scans/jobs/recover';
import { startDueScans } from '@/lib/scans/jobs/scheduler';
import { type WorkOptions, workOn } from '@/lib/scans/jobs/work';

export type RunnerOptions = Omit<WorkOptions, 'signal'> & {
  /** How often jobs are fetched, in milliseconds. */
  readonly pollMs?: number;
  readonly upkeepMs?: number;
};

export type Runner = {
  /** Begins nothing more, drops the requests in flight and gives their runs back to other workers. Never throws. */
  stop(): Promise<void>;
};

/** Runs at once in one process. They mostly wait for their targets. */
const maxRunning = 4;

/** How often schedules and dead workers are looked after, in milliseconds. */
export const usualUpkeepMs = 3_000;

/** Longer than any run; pg-boss then forgets the job of a worker that died. The run is looked after by its heartbeat. */
const jobExpiresSeconds = 10 * 60;

/**
 * Works off started scans, starts scheduled ones and looks after those whose worker died. Jobs are fetched instead of
 * given to pg-boss's own workers, which leave it to chance what a database that is away does to the process. While it is
 * away one line says so; everything goes on when it is back.
 */
export function startRunner({
  pollMs = 1_000,
  upkeepMs = usualUpkeepMs,
  ...work
}: RunnerOptions = {}): Runner {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = new Set<Promise<void>>();
  let boss: PgBoss | undefined;
  let upkeepAt = 0;

  const run = async (queue: PgBoss, { id, data }: PgBoss.Job<ScanJob>): Promise<void> => {
    try {
      const end = await workOn(data.runId, { ...work, signal });
      log.debug({ run: data.runId, end }, 'a scan run ended');
    } catch (error) {
      log.error({ err: error, run: data.runId }, 'a scan run broke off');
    }
    // The run's own row says what became of it: a job that cannot be completed now expires.
    await queue.complete(queueName, id).catch(() => undefined);
  };

  const tick = async (): Promise<void> => {
    boss ??= await startBoss();
    if (Date.now() - upkeepAt >= upkeepMs) {
      upkeepAt = Date.now();
      await recoverRuns(work.staleMs);
      await startDueScans();
      await sweepQueued(boss);
    }
    const free = maxRunning - running.size;
    if (free <= 0 || signal.aborted) return;
    for (const job of await boss.fetch<ScanJob>(queueName, { batchSize: free })) {
      const done: Promise<void> = run(boss, job).finally(() => running.delete(done));
      running.add(done);
    }
  };

  const loop = (async () => {
    let failing = false;
    while (!signal.aborted) {
      try {
        await tick();
        if (failing) log.info('scans have their database back');
        failing = false;
      } catch (error) {
        if (!failing) log.error({ err: error }, 'scans cannot use the database; they go on trying');
        failing = true;
      }
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
  })();

  return {
    async stop() {
      stopping.abort();
      await loop;
      await Promise.all(running);
      await boss?.stop({ graceful: false }).catch(() => undefined);
    },
  };
}

async function startBoss(): Promise<PgBoss> {
  const boss = createBoss();
  // Its upkeep runs on timers of its own, where a database that is away has nobody else to tell.
  boss.on('error', (error) => log.debug({ err: error }, 'the upkeep of jobs failed'));
  await boss.start();
  try {
    await boss.createQueue(queueName, {
      name: queueName,
      policy: 'short',
      retryLimit: 0,
      expireInSeconds: jobExpiresSeconds,
    });
    return boss;
  } catch (error) {
    // The next try makes another one; this one's timers and connections would stay.
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
}
