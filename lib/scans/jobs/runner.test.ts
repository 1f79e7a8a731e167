import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';
import { pool } from '@/lib/db/pool';
import { httpServer, type Loopback } from '@/lib/net/testing/loopback-server';
import { claimRun, giveBack, staleAfterMs } from '@/lib/scans/jobs/claim';
import { maxDeaths } from '@/lib/scans/jobs/recover';
import { type RunnerOptions, startRunner, usualUpkeepMs } from '@/lib/scans/jobs/runner';
import { startDueScans } from '@/lib/scans/jobs/scheduler';
import { listRuns } from '@/lib/scans/read-runs';
import { getScan } from '@/lib/scans/read-scans';
import { scheduleScan } from '@/lib/scans/schedule-scan';
import { stopScan } from '@/lib/scans/stop-scan';
import { recorded, recordedActions } from '@/lib/scans/testing/recorded';
import { type ScanStage, stageScan } from '@/lib/scans/testing/scan-stage';
import { useDatabase } from '@/test/database';

useDatabase();

const at = ({ port }: Loopback) => `http://127.0.0.1:${port}/`;
const patience = { timeout: 15_000, interval: 50 };

/** A runner in this process, quick enough for a test; gone when the test ends. */
function run(options: RunnerOptions = {}) {
  const runner = startRunner({ pollMs: 50, upkeepMs: 100, heartbeatMs: 100, ...options });
  onTestFinished(() => runner.stop());
  return runner;
}

const lastRun = async ({ org, id }: ScanStage) => (await listRuns(org, id, { size: 1 })).rows[0];

function untilRun(stage: ScanStage, expected: object): Promise<void> {
  return vi.waitFor(async () => expect(await lastRun(stage)).toMatchObject(expected), patience);
}

/** As if the next time of the schedule had come. */
async function makeDue({ id }: ScanStage, agoMs = 0): Promise<void> {
  await db().scan.update({ where: { id }, data: { nextRunAt: new Date(Date.now() - agoMs - 1_000) } });
}

test('a started scan is worked off, also one that was started before pg-boss had its tables', async () => {
  const server = await httpServer((_request, response) => response.end());
  const early = await stageScan(at(server));
  await early.start();
  const [before] = await db().$queryRaw<{ installed: boolean }[]>`
    SELECT to_regclass('pgboss.job') IS NOT NULL AS installed`;
  expect(before?.installed).toBe(false);
  run();
  await untilRun(early, { status: 'finished', attempt: 1 });
  const later = await stageScan(at(server));
  await later.start();
  await untilRun(later, { status: 'finished', attempt: 1 });
});

test('several instances share the work: every run is made once', async () => {
  const seen = new Map<string, number>();
  const server = await httpServer((request, response) => {
    seen.set(request.url ?? '', (seen.get(request.url ?? '') ?? 0) + 1);
    response.end();
  });
  for (const _ of [1, 2, 3]) run();
  const stages = await Promise.all(Array.from({ length: 8 }, (_, n) => stageScan(`${at(server)}${n}`)));
  await Promise.all(stages.map((stage) => stage.start()));
  for (const stage of stages) await untilRun(stage, { status: 'finished', attempt: 1 });
  expect([...seen.values()]).toEqual(Array(8).fill(1));
});

test('an orderly end gives the run in flight back, and another instance finishes it', async () => {
  let silent = true;
  const server = await httpServer((_request, response) => {
    if (!silent) response.end();
  });
  const stage = await stageScan(at(server));
  const first = run();
  await stage.start();
  await untilRun(stage, { status: 'running' });
  await first.stop();
  expect(await lastRun(stage)).toMatchObject({ status: 'queued', step: null });
  silent = false;
  run();
  await untilRun(stage, { status: 'finished', attempt: 2 });
});

test('a run can be stopped in the middle, and the next one starts', async () => {
  let silent = true;
  const server = await httpServer((_request, response) => {
    if (!silent) response.end();
  });
  const stage = await stageScan(at(server));
  run();
  await stage.start();
  await untilRun(stage, { status: 'running' });
  await stopScan(stage.source, stage.id);
  silent = false;
  await stage.start();
  await untilRun(stage, { status: 'finished' });
  expect(await recordedActions(stage.source)).toEqual([
    'scan.create',
    'scan.start',
    'scan.stop',
    'scan.start',
    'scan.finish',
  ]);
});

test('a run that was given back in order as often as you like is no run that broke off', async () => {
  const server = await httpServer((_request, response) => response.end());
  const stage = await stageScan(at(server));
  const runId = await stage.start();
  for (let n = 0; n < maxDeaths; n++) {
    const claim = await claimRun(runId);
    if (claim) await giveBack(claim);
  }
  await claimRun(runId);
  run({ staleMs: 500 });
  await untilRun(stage, { status: 'finished', attempt: maxDeaths + 2 });
});

describe('a server that is killed in the middle of a run', () => {
  const script = fileURLToPath(new URL('../testing/worker-process.ts', import.meta.url));

  async function killedServer(): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  test('leaves a run that is taken up anew as soon as its heartbeat is old, and finished', async () => {
    let silent = true;
    const server = await httpServer((_request, response) => {
      if (!silent) response.end();
    });
    const stage = await stageScan(at(server));
    await stage.start();
    const child = await killedServer();
    await untilRun(stage, { status: 'running', attempt: 1 });
    await vi.waitFor(() => expect(server.opened()).toBe(1), patience);
    await kill(child);
    expect(await lastRun(stage)).toMatchObject({ status: 'running', attempt: 1 });
    silent = false;
    run({ staleMs: 1_500 });
    await untilRun(stage, { status: 'finished', attempt: 2 });
    expect(await recordedActions(stage.source)).toEqual(['scan.create', 'scan.start', 'scan.finish']);
  });

  test('is noticed so soon that even its third death ends the run within two minutes', () => {
    expect(maxDeaths * (staleAfterMs + usualUpkeepMs)).toBeLessThan(90_000);
  });

  test('three times in one run fails it, and says so in the log', async () => {
    const server = await httpServer(() => undefined);
    const stage = await stageScan(at(server));
    const runId = await stage.start();
    // What two dead workers leave behind.
    await db().scanRun.update({ where: { id: runId }, data: { attempt: 2, brokeOff: 2 } });
    const child = await killedServer();
    await untilRun(stage, { status: 'running', attempt: 3 });
    await kill(child);
    run({ staleMs: 1_500 });
    await untilRun(stage, {
      status: 'failed',
      attempt: 3,
      reason: 'This run broke off 3 times. The log of the server says more.',
    });
    expect((await recorded(stage.source)).at(-1)).toMatchObject({
      action: 'scan.finish',
      outcome: 'failure',
    });
  });
});

describe('the scheduler', () => {
  const hourly = { cron: '0 * * * *', timeZone: 'Europe/Berlin' };
  const scheduled = async (source?: AuditSource) => {
    const server = await httpServer((_request, response) => response.end());
    const stage = await stageScan(at(server));
    await scheduleScan(source ?? stage.source, stage.id, hourly);
    return stage;
  };

  test('starts a scan whose time has come, in its own name, and names the next time', async () => {
    const stage = await scheduled();
    await startDueScans();
    expect(await lastRun(stage)).toBeUndefined();
    await makeDue(stage);
    run();
    await untilRun(stage, { status: 'finished', trigger: 'schedule', startedByName: null });
    expect((await recorded(stage.source)).slice(2)).toMatchObject([
      {
        action: 'scan.start',
        actor: { type: 'system', name: 'Scheduler' },
        context: { origin: 'scheduler' },
        metadata: { trigger: 'schedule' },
      },
      { action: 'scan.finish' },
    ]);
    const { schedule } = await getScan(stage.org, stage.id);
    expect(new Date(schedule?.nextRunAt ?? 0).getTime()).toBeGreaterThan(Date.now());
  });

  test('makes one run of what was missed, and of what several instances see at once', async () => {
    const stage = await scheduled();
    await makeDue(stage, 3 * 86_400_000);
    await Promise.all(Array.from({ length: 6 }, () => startDueScans()));
    await startDueScans();
    expect((await listRuns(stage.org, stage.id, { size: 10 })).rows).toHaveLength(1);
    expect(await recordedActions(stage.source)).toEqual(['scan.create', 'scan.schedule', 'scan.start']);
  });

  test('leaves a time out while the scan is still running', async () => {
    const stage = await scheduled();
    await stage.start();
    await makeDue(stage);
    await startDueScans();
    expect((await listRuns(stage.org, stage.id, { size: 10 })).rows).toHaveLength(1);
    const { schedule } = await getScan(stage.org, stage.id);
    expect(new Date(schedule?.nextRunAt ?? 0).getTime()).toBeGreaterThan(Date.now());
  });

  test('is not held up by a schedule that it cannot read', async () => {
    const [broken, whole] = [await scheduled(), await scheduled()];
    await db().scan.update({ where: { id: broken.id }, data: { timeZone: 'Mars/Olympus' } });
    await makeDue(broken, 60_000);
    await makeDue(whole);
    await startDueScans();
    expect(await lastRun(whole)).toMatchObject({ trigger: 'schedule' });
    expect(await lastRun(broken)).toMatchObject({ trigger: 'schedule' });
  });
});

test('while the database refuses, nothing is lost and the process lives; it goes on when it is back', async () => {
  const server = await httpServer((_request, response) => response.end());
  const stage = await stageScan(at(server));
  run();
  await stage.start();
  await untilRun(stage, { status: 'finished' });
  const query = vi.spyOn(pool(), 'query').mockImplementation(() => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  });
  await vi.waitFor(() => expect(query.mock.calls.length).toBeGreaterThan(3), patience);
  query.mockRestore();
  await stage.start();
  await untilRun(stage, { status: 'finished' });
  expect((await listRuns(stage.org, stage.id, { size: 10 })).rows).toHaveLength(2);
});
