import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { log } from '@/lib/log';
import { meter } from '@/lib/metrics';
import { deliveryOf } from '@/lib/siem/event-delivery';
import { runReplay } from '@/lib/siem/replay/run-replay';
import { startReplay } from '@/lib/siem/replay/start-replay';
import { getIntegrationStatus } from '@/lib/siem/status';
import { act, arrived, openClients, setStage, streamRow, upTo } from '@/lib/siem/testing/stage';
import { reconcile } from '@/lib/siem/upkeep/reconcile';
import { useDatabase } from '@/test/database';

useDatabase();

async function moveCursor(id: string, by: number): Promise<void> {
  await db()
    .$executeRaw`UPDATE siem_stream SET cursor = cursor + ${by}::int WHERE integration_id = ${id}::uuid`;
}

function watchLog() {
  const error = vi.spyOn(log, 'error');
  onTestFinished(() => error.mockRestore());
  return (id: string) => error.mock.calls.filter(([entry]) => JSON.stringify(entry).includes(id));
}

function mismatchesOf(id: string): number {
  const { samples } = meter('tracekeep_siem_reconciler_mismatches_total', '').family();
  return samples.find(({ labels }) => labels.integration === id)?.value ?? 0;
}

describe('a stream adds up', () => {
  it('when each event is accepted, parked, or waits; what is proved is not looked at again', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 9);
    splunk.answerNext({ status: 400, body: { text: 'Odd', code: 12, 'invalid-event-number': 4 } });
    await drain();
    await act(source, 3);
    await reconcile();
    expect(await streamRow(id)).toMatchObject({ cursor: 10n, provenSeq: 10n, unaccounted: null });
    await reconcile({ fromStart: true });
    expect(await streamRow(id)).toMatchObject({ provenSeq: 10n, unaccounted: null });
    expect(await getIntegrationStatus(source.organization.id, id)).toMatchObject({
      unaccounted: null,
      waiting: '3',
    });
  });

  it('at any moment of a delivery under way', async () => {
    const { source, id, drain } = await setStage();
    await db().siemStream.update({ where: { integrationId: id }, data: { maxEvents: 1 } });
    await act(source, 40);
    const draining = drain();
    let done = false;
    void draining.then(() => {
      done = true;
    });
    while (!done) {
      await reconcile();
      expect((await streamRow(id)).unaccounted).toBeNull();
    }
    expect(await draining).toBe('caught_up');
  });
});

describe('a cursor that somebody moved by hand', () => {
  it('past an event that nobody has: the range is named in the log, the status and the metric, once', async () => {
    const { source, splunk, id, drain } = await setStage();
    const logged = watchLog();
    await drain();
    await act(source, 5);
    await moveCursor(id, 2);
    await drain();
    expect(arrived(splunk)).toEqual([1n, 4n, 5n, 6n]);

    await reconcile();
    await reconcile();
    const status = await getIntegrationStatus(source.organization.id, id);
    expect(status?.unaccounted).toMatchObject({ kind: 'skipped', firstSeq: '2', lastSeq: '3', events: '2' });
    expect(mismatchesOf(id)).toBe(1);
    expect(logged(id)).toHaveLength(1);
    expect(logged(id)[0]?.[0]).toMatchObject({ kind: 'skipped', firstSeq: '2', lastSeq: '3' });
    expect(await deliveryOf(source.organization.id, 2n)).toMatchObject([{ state: 'unaccounted' }]);
    expect((await streamRow(id)).provenSeq).toBe(1n);
  });

  it('is mended by a replay of the range, and the alarm ends', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 5);
    await moveCursor(id, 3);
    await drain();
    await reconcile();
    expect((await streamRow(id)).unaccounted).toMatchObject({ firstSeq: '1', lastSeq: '3' });
    const { id: replay } = await startReplay(source, id, {
      from: new Date('2020-01-01'),
      to: new Date(Date.now() + 60_000),
    });
    await runReplay(replay, { owner: 'test', clients: openClients() });
    await reconcile();
    expect(await streamRow(id)).toMatchObject({ unaccounted: null, provenSeq: 6n });
    expect(new Set(arrived(splunk))).toEqual(new Set(upTo(6)));
    expect(await deliveryOf(source.organization.id, 2n)).toMatchObject([{ state: 'delivered' }]);
  });

  it('beyond the end of the log: the numbers that would be passed over are named', async () => {
    const { id, drain } = await setStage();
    await drain();
    await moveCursor(id, 10);
    await reconcile();
    expect((await streamRow(id)).unaccounted).toMatchObject({
      kind: 'beyond_log',
      firstSeq: '2',
      lastSeq: '11',
    });
  });

  it('back: what comes twice is named, it does come twice, and then all adds up again', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 3);
    await drain();
    await reconcile();
    await moveCursor(id, -2);
    await reconcile();
    expect((await streamRow(id)).unaccounted).toMatchObject({ kind: 'rewound', firstSeq: '3', lastSeq: '4' });
    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk)).toEqual([1n, 2n, 3n, 4n, 3n, 4n]);
    await reconcile({ fromStart: true });
    expect(await streamRow(id)).toMatchObject({ cursor: 4n, unaccounted: null, provenSeq: 4n });
  });
});

it('a receipt that disappeared is found by looking at everything from the start', async () => {
  const { source, id, drain } = await setStage();
  await drain();
  await act(source, 2);
  await drain();
  await reconcile();
  await db().siemReceipt.delete({ where: { integrationId_lastSeq: { integrationId: id, lastSeq: 1n } } });
  await reconcile();
  expect((await streamRow(id)).unaccounted).toBeNull();
  await reconcile({ fromStart: true });
  expect((await streamRow(id)).unaccounted).toMatchObject({ kind: 'skipped', firstSeq: '1', lastSeq: '1' });
});
