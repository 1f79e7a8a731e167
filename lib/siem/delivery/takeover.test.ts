import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { acquireLease, leaseMs } from '@/lib/siem/delivery/lease';
import { startStreamer } from '@/lib/siem/delivery/streamer';
import { act, arrived, type Stage, setStage, streamRow, upTo } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { until } from '@/test/until';

const { url } = useDatabase();
// A process of its own takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

/** So long that only the other ways of waking can explain what happens within a test. */
const never = 3_600_000;

function stream(options: Parameters<typeof startStreamer>[0] = {}) {
  const streamer = startStreamer(options);
  onTestFinished(() => streamer.stop());
  return streamer;
}

/** A sender in a process of its own, in the middle of its request. */
async function startSender({ splunk, id }: Stage, durationMs: number): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../testing/drain-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, id, String(durationMs)], {
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await splunk.waitFor((_, journal) => journal.length === 1, { timeoutMs: 90_000 });
  return child;
}

/** Until so many streamers listen for messages, one finds nobody. */
async function listening(streamers: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const [{ count } = { count: 0n }] = await db().$queryRaw<{ count: bigint }[]>`
        SELECT count(*) FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE 'LISTEN %' AND state = 'idle'`;
      expect(count).toBe(BigInt(streamers));
    },
    { timeout: 10_000 },
  );
}

describe('another sender takes over', () => {
  it('within 17 s of a crash, with the usual lease and poll', async () => {
    const stage = await setStage();
    stage.splunk.answerNext({ delayMs: Number.POSITIVE_INFINITY });
    const sender = await startSender(stage, leaseMs);
    stream();
    const ended = once(sender, 'close');
    sender.kill('SIGKILL');
    const killedMs = performance.now();
    const noise = monitorEventLoopDelay();
    noise.enable();
    await ended;
    await stage.splunk.waitFor((events) => events.length > 0, { timeoutMs: 60_000 });
    // What the machine took away from this process is not the lease's fault.
    expect(performance.now() - killedMs).toBeLessThan(17_000 + noise.max / 100_000);
    expect(arrived(stage.splunk)).toEqual([1n]);
  });

  it('at once after a clean stop, without waiting for the poll', async () => {
    const { source, splunk } = await setStage();
    const first = startStreamer({ pollMs: never, graceMs: 50 });
    splunk.answerNext({ delayMs: Number.POSITIVE_INFINITY });
    await splunk.waitFor((_, journal) => journal.length === 1);
    stream({ pollMs: never });
    await listening(2);
    await act(source, 2);
    await first.stop();
    await splunk.waitFor((events) => events.length === 3, { timeoutMs: 30_000 });
    expect(arrived(splunk)).toEqual(upTo(3));
  });
});

describe('a lease', () => {
  it('is counted by the clock of the database, whatever the clock of an instance says', async () => {
    const { id } = await setStage();
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const lease = await acquireLease(id, 'an hour ahead', leaseMs);
    expect(lease?.epoch).toBe(1n);
    const [{ left } = { left: 0 }] = await db().$queryRaw<{ left: number }[]>`
      SELECT extract(epoch FROM lease_until - clock_timestamp())::float8 AS left
        FROM siem_stream WHERE integration_id = ${id}::uuid`;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(15);
    vi.setSystemTime(Date.now() - 7_200_000);
    expect(await acquireLease(id, 'an hour behind', leaseMs)).toBeUndefined();
  });

  it('ends later than every request under it: one that cannot be renewed is given up before it runs out', async () => {
    const durationMs = 8_000;
    const { splunk, id, drain } = await setStage();
    splunk.answerNext({ delayMs: Number.POSITIVE_INFINITY });
    const draining = drain({ leaseMs: durationMs });
    await splunk.waitFor((_, journal) => journal.length === 1);

    // Nobody can renew: as if the database were away, but for the sender's own end.
    const blocker = new Client({ connectionString: url });
    await blocker.connect();
    onTestFinished(() => blocker.end());
    await blocker.query('BEGIN');
    const { rows } = await blocker.query(
      'SELECT lease_until FROM siem_stream WHERE integration_id = $1 FOR UPDATE',
      [id],
    );
    await vi.waitFor(() => expect(splunk.connections().open).toBe(0), { timeout: 60_000, interval: 10 });
    expect(Date.now()).toBeLessThan(rows[0].lease_until.getTime());
    await blocker.query('COMMIT');
    expect(await draining).toBe('yielded');
    expect(await streamRow(id)).toMatchObject({ cursor: 0n, attempt: 0, leaseOwner: null });
  });

  it('that was let run out is told apart from one that was given back', async () => {
    const { id } = await setStage();
    expect(await acquireLease(id, 'first', 1)).toMatchObject({ epoch: 1n, takenOver: false });
    await until(async () =>
      expect(await acquireLease(id, 'second', 60_000)).toMatchObject({ epoch: 2n, takenOver: true }),
    );
  });
});
