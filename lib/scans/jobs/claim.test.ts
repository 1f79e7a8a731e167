import { describe, expect, test } from 'vitest';
import { withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { claimRun } from '@/lib/scans/jobs/claim';
import { failRun, finishRun } from '@/lib/scans/jobs/finish';
import { lockScan } from '@/lib/scans/lock';
import { getRun } from '@/lib/scans/read-runs';
import { stopScan } from '@/lib/scans/stop-scan';
import { recordedActions } from '@/lib/scans/testing/recorded';
import { stageScan } from '@/lib/scans/testing/scan-stage';
import { useDatabase } from '@/test/database';
import { until } from '@/test/until';

useDatabase();

test('a run that ends while its scan is being deleted waits for it, and holds nothing meanwhile', async () => {
  const stage = await stageScan('http://splunk.test/');
  const claim = await claimRun(await stage.start());
  if (!claim) throw new Error('the run was not waiting');
  const ends = [
    () => finishRun(claim, { findings: [], visits: [] }),
    () => failRun(claim, 'There was nothing to see.'),
  ];
  const ending = await withTransaction(async (tx) => {
    await lockScan(tx, stage.org, stage.id);
    const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    const waiting = ends.map((end) => end());
    await until(async () => {
      // Asked from outside: within one transaction PostgreSQL shows the sessions of its first look for ever.
      const held = await db().$queryRaw`
        SELECT pid FROM pg_stat_activity WHERE ${own?.pid}::int = ANY (pg_blocking_pids(pid))`;
      expect(held).not.toEqual([]);
    });
    // A deadlock with what waits would end this transaction.
    await tx.scan.delete({ where: { id: stage.id } });
    return waiting;
  });
  expect(await Promise.all(ending)).toEqual([false, false]);
});

describe('never twice at once', () => {
  test('of ten workers that reach for a run one has it', async () => {
    const stage = await stageScan('http://splunk.test/');
    const runId = await stage.start();
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimRun(runId)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('a run waits until the worker of the stopped one before has let go, or is dead', async () => {
    const stage = await stageScan('http://splunk.test/');
    const first = await stage.start();
    await claimRun(first);
    await stopScan(stage.source, stage.id);
    const second = await stage.start();
    expect(await claimRun(second)).toBeUndefined();
    // As if its last heartbeat were so long ago.
    expect(await claimRun(second, 0)).toMatchObject({ runId: second });
  });

  test('a worker that was given up for dead changes nothing: its result, its failure and its progress are discarded', async () => {
    const stage = await stageScan('http://splunk.test/');
    const runId = await stage.start();
    const zombie = await claimRun(runId);
    if (!zombie) throw new Error('the run was not waiting');
    await db().scanRun.update({ where: { id: runId }, data: { status: 'queued', heartbeatAt: null } });
    const successor = await claimRun(runId);
    expect(successor?.attempt).toBe(2);
    expect(await finishRun(zombie, { findings: [], visits: [] })).toBe(false);
    expect(await getRun(stage.org, stage.id, runId)).toMatchObject({
      status: 'running',
      grade: null,
      attempt: 2,
    });
    expect(await recordedActions(stage.source)).toEqual(['scan.create', 'scan.start']);
  });
});
