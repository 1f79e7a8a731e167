import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';
import { rawServer } from '@/lib/net/testing/loopback-server';
import { startStreamer } from '@/lib/siem/delivery/streamer';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { act, setStage, skipWait, startSplunk, streamRow } from '@/lib/siem/testing/stage';
import type { Simulator } from '@/splunk/simulator/simulator';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

type Tenant = { readonly source: AuditSource; readonly id: string };

async function tenantAt(port: number): Promise<Tenant> {
  const source = await createOrganization();
  const { id } = await createIntegration(source, {
    hecUrl: `http://127.0.0.1:${port}`,
    hecToken: 'token-of-a-tenant',
    index: '',
  });
  return { source, id };
}

/** Ten organizations that share one healthy Splunk. */
async function tenantsOf(splunk: Simulator): Promise<Tenant[]> {
  return Promise.all(
    Array.from({ length: 10 }, async () => {
      const source = await createOrganization();
      const { url: hecUrl, token: hecToken } = splunk;
      const { id } = await createIntegration(source, { hecUrl, hecToken, index: '' });
      return { source, id };
    }),
  );
}

/** Lets each act in turn and waits for its event: from commit to Splunk, in milliseconds, sorted. */
async function latencies(tenants: readonly Tenant[], splunk: Simulator, rounds: number): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { source } of tenants) {
      const before = splunk.events().length;
      await act(source);
      const committedMs = performance.now();
      await splunk.waitFor((events) => events.length > before, { timeoutMs: 10_000 });
      took.push(performance.now() - committedMs);
    }
  }
  return took.sort((a, b) => a - b);
}

const middle = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;

describe('twenty organizations, ten of them with a receiver that is gone or never answers', () => {
  it('the events of the other ten arrive as they do without them', async () => {
    const splunk = await startSplunk();
    const healthy = await tenantsOf(splunk);
    // So few places that any stuck stream among the prompt ones would be felt by all.
    const places = { prompt: 2, patient: 8, slowMs: 300 };
    const streamer = startStreamer({ graceMs: 50, scheduling: places });
    onTestFinished(() => streamer.stop());
    await splunk.waitFor((events) => events.length === 10, { timeoutMs: 10_000 });
    const alone = await latencies(healthy, splunk, 2);

    const blackHole = await rawServer((socket) => void socket.resume());
    const dead = await Promise.all(Array.from({ length: 5 }, () => tenantAt(1_111)));
    const hung = await Promise.all(Array.from({ length: 5 }, () => tenantAt(blackHole.port)));
    await expect.poll(() => blackHole.open(), { timeout: 15_000 }).toBe(5);
    for (const { source } of [...dead, ...hung]) await act(source, 50);
    const beside = await latencies(healthy, splunk, 4);

    // A stuck stream in the way would cost until its deadline, 15 s; the noise of a busy machine far less.
    expect(middle(beside)).toBeLessThan(4 * middle(alone) + 2_000);
    expect(beside.at(-1)).toBeLessThan(10_000);
    expect(blackHole.open()).toBe(5);
    for (const { id } of dead) expect((await streamRow(id)).attempt).toBeGreaterThan(0);
    for (const { id } of [...dead, ...hung]) expect((await streamRow(id)).cursor).toBe(0n);
  }, 60_000);

  it('a receiver that is gone holds no place while its stream waits for the next attempt', async () => {
    const splunk = await startSplunk();
    const dead = await Promise.all(Array.from({ length: 10 }, () => tenantAt(1_111)));
    const streamer = startStreamer({ scheduling: { prompt: 1, patient: 1 } });
    onTestFinished(() => streamer.stop());
    const integrationId = { in: dead.map(({ id }) => id) };
    const failedTwice = () => db().siemStream.count({ where: { integrationId, attempt: { gt: 1 } } });
    await expect.poll(failedTwice, { timeout: 15_000 }).toBe(10);
    const [one] = await tenantsOf(splunk);
    await splunk.waitFor((events) => events.length >= 10, { timeoutMs: 15_000 });
    expect((await streamRow(one?.id ?? '')).cursor).toBe(1n);
  }, 60_000);
});

describe('a huge backlog', () => {
  it('lets the small streams pass between its batches, also where there is only one place', async () => {
    const [huge, small] = [await setStage(), await setStage()];
    await db().siemStream.update({ where: { integrationId: huge.id }, data: { maxEvents: 1 } });
    await db().$executeRaw`
      UPDATE siem_stream SET next_attempt_at = clock_timestamp() + interval '1 hour'
       WHERE integration_id = ${small.id}::uuid`;
    await act(huge.source, 2_000);
    huge.splunk.answerNext({ delayMs: 50 }, 1_000);
    const streamer = startStreamer({ scheduling: { prompt: 1, patient: 0, turnMs: 100 } });
    onTestFinished(() => streamer.stop());
    await huge.splunk.waitFor((events) => events.length > 1);
    await skipWait(small.id);
    await act(small.source);
    await small.splunk.waitFor((events) => events.length === 2, { timeoutMs: 10_000 });
    expect((await streamRow(huge.id)).cursor).toBeLessThan(2_001n);
    await huge.splunk.waitFor((events) => events.length === 2_001, { timeoutMs: 30_000 });
  }, 60_000);
});
