import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { beginAttempt } from '@/lib/siem/delivery/attempt';
import { acquireLease, releaseLease, renewLease } from '@/lib/siem/delivery/lease';
import { parkDamaged } from '@/lib/siem/delivery/park';
import { settle } from '@/lib/siem/delivery/settle';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import {
  act,
  arrived,
  parkedRows,
  receiptRows,
  type Stage,
  setStage,
  startSplunk,
  streamRow,
  upTo,
} from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';

useDatabase();
// A process of its own takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

/** Long enough that a busy machine renews it in time, short enough to wait for its end. */
const leaseMs = 3_000;

/** A sender in a process of its own, in the middle of its request. */
async function startSender({ splunk, id }: Stage): Promise<ChildProcess & { ended: Promise<string> }> {
  const script = fileURLToPath(new URL('../testing/drain-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, id, String(leaseMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const ended = once(child, 'close').then(() => output);
  await splunk.waitFor((_, journal) => journal.length === 1, { timeoutMs: 90_000 });
  return Object.assign(child, { ended });
}

/** What the poll does: tries until the lease is free. */
async function drainWhenFree({ drain }: Pick<Stage, 'drain'>, end = 'caught_up'): Promise<void> {
  await vi.waitFor(async () => expect(await drain({ leaseMs })).toBe(end), {
    timeout: 60_000,
    interval: 100,
  });
}

describe('one sender at a time', () => {
  it('of two that start together one sends and the other leaves', async () => {
    const { source, splunk, drain } = await setStage();
    await act(source, 5);
    splunk.answerNext({ delayMs: 2_000 });
    const ends = await Promise.all([drain({ owner: 'a' }), drain({ owner: 'b' })]);
    expect(ends.sort()).toEqual(['caught_up', 'not_due']);
    expect(splunk.journal()).toHaveLength(1);
    expect(arrived(splunk)).toEqual(upTo(6));
  });

  it('keeps its lease while Splunk takes longer than the lease lasts', async () => {
    const { splunk, id, drain } = await setStage();
    splunk.answerNext({ delayMs: 2.5 * leaseMs });
    const draining = drain({ owner: 'slow', leaseMs });
    await splunk.waitFor((_, journal) => journal.length === 1);
    const { leaseUntil: first } = await streamRow(id);
    await vi.waitFor(async () => {
      const { leaseUntil } = await streamRow(id);
      expect(leaseUntil?.getTime()).toBeGreaterThan((first?.getTime() ?? Number.NaN) + leaseMs);
    }, 2 * leaseMs);
    expect(await drain({ owner: 'other' })).toBe('not_due');
    expect(await draining).toBe('caught_up');
    expect(splunk.journal()).toHaveLength(1);
  });

  it('that is told to stop lets the request finish, releases the lease and begins no other', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 3);
    splunk.answerNext({ delayMs: 2_000 });
    const stop = new AbortController();
    const draining = drain({ signal: stop.signal });
    await splunk.waitFor((_, journal) => journal.length === 1);
    await act(source, 1);
    stop.abort();
    expect(await draining).toBe('stopped');
    expect(await streamRow(id)).toMatchObject({ cursor: 4n, leaseOwner: null, leaseUntil: null });
    expect(splunk.journal()).toHaveLength(1);
  });

  it('that is told to stop abandons a request that does not finish, and the next sender repeats it', async () => {
    const { splunk, id, drain } = await setStage();
    splunk.answerNext({ store: true, delayMs: Number.POSITIVE_INFINITY });
    const stop = new AbortController();
    const draining = drain({ signal: stop.signal, graceMs: 50 });
    await splunk.waitFor((events) => events.length === 1);
    stop.abort();
    expect(await draining).toBe('stopped');
    expect(await streamRow(id)).toMatchObject({ cursor: 0n, leaseOwner: null, attempt: 0, state: 'healthy' });
    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk)).toEqual([1n, 1n]);
  });
});

describe('a sender that is gone', () => {
  it('killed in the middle of a request: another takes over when its lease has run out, nothing is lost', async () => {
    const stage = await setStage();
    const { source, splunk, id } = stage;
    await act(source, 4);
    splunk.answerNext({ store: true, delayMs: Number.POSITIVE_INFINITY });
    const sender = await startSender(stage);
    sender.kill('SIGKILL');
    await sender.ended;
    expect(await stage.drain({ leaseMs })).toBe('not_due');

    await drainWhenFree(stage);
    expect(arrived(splunk)).toEqual([...upTo(5), ...upTo(5)]);
    expect(splunk.duplicates().size).toBe(5);
    expect(await receiptRows(id)).toMatchObject([{ firstSeq: 1n, lastSeq: 5n }]);
  });

  it('may not settle with its old epoch, even where the cursor still stands as it left it', async () => {
    const { splunk, id, drain } = await setStage();
    const old = await acquireLease(id, 'old', 1);
    if (!old) throw new Error('the stream was not due');
    const attempt = await beginAttempt(old);
    if (!attempt) throw new Error('the lease was lost');
    splunk.answerNext({ status: 503, body: { text: 'Server is busy', code: 9 } });
    await drainWhenFree({ drain }, 'waiting');
    const before = await streamRow(id);

    const damaged = parkDamaged(1n, attempt);
    expect(await settle(old, attempt, damaged, { batch: undefined, latencyMs: 0 })).toBeUndefined();
    expect(await renewLease(old)).toBe(false);
    expect(await beginAttempt(old)).toBeUndefined();
    await releaseLease(old);
    expect(await streamRow(id)).toEqual(before);
    expect(await parkedRows(id)).toEqual([]);
  });

  it('frozen past its lease: wakes up as a zombie and cannot move the stream', async () => {
    const stage = await setStage();
    const { source, splunk, id } = stage;
    await act(source, 1);
    splunk.answerNext({
      store: true,
      delayMs: leaseMs * 2,
      status: 503,
      body: { text: 'Server is busy', code: 9 },
    });
    const zombie = await startSender(stage);
    zombie.kill('SIGSTOP');
    await drainWhenFree(stage);
    const settled = await streamRow(id);
    zombie.kill('SIGCONT');

    expect(await zombie.ended).toBe('yielded');
    expect(await streamRow(id)).toEqual(settled);
    expect(settled).toMatchObject({ cursor: 2n, state: 'healthy', attempt: 0 });
    expect(await receiptRows(id)).toHaveLength(1);
  });
});

describe('a change of the destination while a request is under way', () => {
  it('sends what was not settled to the new address, and each token only where it belongs', async () => {
    const { source, splunk: old, id, drain } = await setStage();
    const next = await startSplunk();
    await act(source, 2);
    old.answerNext({ store: true, delayMs: 2_000 });
    const draining = drain();
    await old.waitFor((events) => events.length === 3);
    await updateIntegration(source, id, { hecUrl: next.url, hecToken: next.token, index: 'main' });

    expect(await draining).toBe('yielded');
    expect(await streamRow(id)).toMatchObject({ cursor: 0n, state: 'healthy' });
    expect(await drain()).toBe('caught_up');
    expect(arrived(next)).toEqual(upTo(4));
    expect(next.events().every(({ index }) => index === 'main')).toBe(true);
    const ends = (splunk: typeof old) =>
      splunk.journal().map(({ headers }) => headers.authorization?.slice(-4));
    expect(ends(old)).toEqual([old.token.slice(-4)]);
    expect(ends(next)).toEqual([next.token.slice(-4)]);
  });

  it('does not let the failure of the old address block the new one', async () => {
    const { source, splunk: old, id, drain } = await setStage();
    const next = await startSplunk();
    old.answerNext({ delayMs: 2_000, status: 403, body: '<html>blocked</html>' });
    const draining = drain();
    await old.waitFor((_, journal) => journal.length === 1);
    await updateIntegration(source, id, { hecUrl: next.url, hecToken: next.token });
    await draining;
    expect(await streamRow(id)).toMatchObject({ state: 'healthy', attempt: 0, lastError: null });
  });
});
