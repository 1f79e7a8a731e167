import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { db } from '@/lib/db/client';
import type { DrainOptions } from '@/lib/siem/delivery/drain';
import { startStreamer } from '@/lib/siem/delivery/streamer';
import { deliveryOf } from '@/lib/siem/event-delivery';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import { cancelReplay, pauseReplay, resumeReplay } from '@/lib/siem/replay/change-replay';
import { listReplays } from '@/lib/siem/replay/list-replays';
import { previewReplay } from '@/lib/siem/replay/preview-replay';
import { runReplay } from '@/lib/siem/replay/run-replay';
import { startReplay } from '@/lib/siem/replay/start-replay';
import {
  act,
  arrived,
  openClients,
  parkedRows,
  recordsOf,
  setStage,
  startSplunk,
  streamRow,
  upTo,
} from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const longAgo = new Date('2020-01-01');
const soon = () => new Date(Date.now() + 60_000);
const everything = () => ({ from: longAgo, to: soon(), eventsPerSecond: 10_000 });

/** Ten events, all of them in Splunk, which then forgets them. */
async function setReplayStage() {
  const stage = await setStage();
  await act(stage.source, 9);
  expect(await stage.drain()).toBe('caught_up');
  const before = stage.splunk.events().map(({ raw }) => raw);
  stage.splunk.reset();
  const clients = openClients();
  const run = (id: string, more: Partial<DrainOptions> = {}) =>
    runReplay(id, { owner: 'test', clients, ...more });
  return { ...stage, before, run };
}

async function refusalOf(work: Promise<unknown>) {
  const error = await work.catch((caught: unknown) => caught);
  return error instanceof RefusedError ? error.problems[0]?.field : error;
}

function replayRow(id: string) {
  return db().siemReplay.findUniqueOrThrow({ where: { id } });
}

async function skipReplayWait(id: string): Promise<void> {
  await db().$executeRaw`
    UPDATE siem_replay SET next_attempt_at = clock_timestamp() - interval '1 second' WHERE id = ${id}::uuid`;
}

describe('a replay', () => {
  it('counts first, then sends the same bytes in order once more, is recorded, and leaves the stream alone', async () => {
    const { source, splunk, id, drain, run, before } = await setReplayStage();
    const { id: organizationId } = source.organization;
    expect(await previewReplay(organizationId, id, everything())).toEqual({
      events: '10',
      firstSeq: '1',
      lastSeq: '10',
      eventsPerSecond: 1_000,
      underWay: false,
    });
    const stream = await streamRow(id);
    const { id: replay, events } = await startReplay(source, id, everything());
    expect(events).toBe('10');
    expect((await recordsOf(source)).at(-1)).toMatchObject({
      action: 'siem.integration.replay',
      targets: [{ id }],
      metadata: { first_seq: '1', last_seq: '10', events: '10' },
    });
    expect(await run(replay)).toBe('finished');
    expect(splunk.events().map(({ raw }) => raw)).toEqual(before);
    expect(await streamRow(id)).toEqual(stream);
    const log = await recordsOf(source);
    expect(await listReplays(organizationId, id)).toMatchObject([
      { id: replay, state: 'finished', done: '10', events: '10', percent: 100, requestedBy: 'Alice Fox' },
    ]);
    const [{ from, to } = { from: null, to: null }] = await listReplays(organizationId, id);
    expect([from, to]).toEqual([log[0].time, log[9].time]);
    expect(await run(replay)).toBe('not_due');
    await drain();
    expect(arrived(splunk)).toEqual([...upTo(10), 11n]);
  });

  it('takes the events of a time, from its first moment to before its last, and none that still wait', async () => {
    const { source, id } = await setReplayStage();
    const { id: organizationId } = source.organization;
    await vi.waitFor(async () => {
      const { time } = (await recordsOf(source)).at(-1);
      expect(Date.now()).toBeGreaterThan(Date.parse(time) + 5);
    });
    await pauseIntegration(source, id);
    const log = await recordsOf(source);
    const [first, last] = [new Date(log[0].time), new Date(log[10].time)];
    const count = (from: Date, to: Date) => previewReplay(organizationId, id, { from, to });
    expect(await count(first, last)).toMatchObject({ firstSeq: '1', lastSeq: '10' });
    expect(await count(last, soon())).toMatchObject({ events: '0', firstSeq: null, lastSeq: null });
    expect(await count(longAgo, first)).toMatchObject({ events: '0' });
    expect(await count(soon(), longAgo)).toMatchObject({ events: '0' });
    expect(await refusalOf(startReplay(source, id, { from: last, to: soon() }))).toBe('range');
  });

  it('also gives an integration what happened before it was added', async () => {
    const source = await createOrganization();
    await act(source, 3);
    const splunk = await startSplunk();
    const { createIntegration } = await import('@/lib/siem/integrations/create-integration');
    const { id } = await createIntegration(source, {
      hecUrl: splunk.url,
      hecToken: splunk.token,
      index: '',
    });
    expect(await deliveryOf(source.organization.id, 2n)).toMatchObject([{ state: 'before_start' }]);
    const { id: replay } = await startReplay(source, id, everything());
    await runReplay(replay, { owner: 'test', clients: openClients() });
    expect(arrived(splunk)).toEqual(upTo(3));
    expect(await deliveryOf(source.organization.id, 2n)).toMatchObject([
      { state: 'delivered', approximate: true },
    ]);
  });

  it('that shares an event with an active one is refused, with one that has ended it is not', async () => {
    const { source, id, run } = await setReplayStage();
    const { id: organizationId } = source.organization;
    const refused = async () => (await previewReplay(organizationId, id, everything())).underWay;
    const { id: first } = await startReplay(source, id, everything());
    expect(await refusalOf(startReplay(source, id, everything()))).toBe('range');
    expect(await refused()).toBe(true);
    await pauseReplay(source, first);
    expect(await refusalOf(startReplay(source, id, everything()))).toBe('range');
    await cancelReplay(source, first);
    expect(await refused()).toBe(false);
    const { id: second } = await startReplay(source, id, everything());
    expect(await run(second)).toBe('finished');
    await startReplay(source, id, everything());
  });

  it('is nothing to another organization', async () => {
    const { source, id } = await setReplayStage();
    const { id: replay } = await startReplay(source, id, everything());
    const stranger = await createOrganization();
    const { id: organizationId } = stranger.organization;
    for (const target of [id, 'no-uuid']) {
      await expect(previewReplay(organizationId, target, everything())).rejects.toThrow(NotFoundError);
      await expect(startReplay(stranger, target, everything())).rejects.toThrow(NotFoundError);
      expect(await listReplays(organizationId, target)).toEqual([]);
    }
    for (const change of [pauseReplay, resumeReplay, cancelReplay]) {
      await expect(change(stranger, replay)).rejects.toThrow(NotFoundError);
      await expect(change(stranger, 'no-uuid')).rejects.toThrow(NotFoundError);
    }
    expect((await replayRow(replay)).state).toBe('running');
  });
});

describe('pause, resume and cancel', () => {
  it('stop it where it is, let it go on from there, end it for good, and are recorded once', async () => {
    const { source, splunk, id, run } = await setReplayStage();
    const { id: replay } = await startReplay(source, id, { ...everything(), eventsPerSecond: 4 });
    splunk.answerNext({ delayMs: 200 });
    const running = run(replay);
    await splunk.waitFor((_, journal) => journal.length === 1);
    await pauseReplay(source, replay);
    await pauseReplay(source, replay);
    expect(await running).toBe('yielded');
    // What Splunk accepted meanwhile counts.
    expect(await replayRow(replay)).toMatchObject({ state: 'paused', cursor: 4n });
    expect(await run(replay)).toBe('not_due');

    await resumeReplay(source, replay);
    await db().siemReplay.update({ where: { id: replay }, data: { eventsPerSecond: 10_000 } });
    expect(await run(replay)).toBe('finished');
    expect(arrived(splunk)).toEqual(upTo(10));
    await cancelReplay(source, replay);
    const acts = (await recordsOf(source)).slice(10).map(({ action, metadata }) => [action, metadata.sent]);
    expect(acts).toEqual([
      ['siem.integration.replay', undefined],
      ['siem.replay.pause', expect.stringMatching(/^[04]$/)],
      ['siem.replay.resume', '4'],
    ]);
  });

  it('a cancelled one sends nothing more', async () => {
    const { source, splunk, id, run } = await setReplayStage();
    const { id: replay } = await startReplay(source, id, everything());
    await cancelReplay(source, replay);
    expect(await run(replay)).toBe('not_due');
    await resumeReplay(source, replay);
    expect((await replayRow(replay)).state).toBe('cancelled');
    expect(splunk.journal()).toEqual([]);
    expect((await recordsOf(source)).at(-1)).toMatchObject({
      action: 'siem.replay.cancel',
      metadata: { first_seq: '1', last_seq: '10', events: '10', sent: '0' },
    });
  });
});

describe('beside the live stream', () => {
  it('goes second: it waits while that one is behind, paused or not well, and says so', async () => {
    const { source, splunk, id, run } = await setReplayStage();
    const { id: organizationId } = source.organization;
    const { id: replay } = await startReplay(source, id, everything());
    await pauseIntegration(source, id);
    expect(await run(replay)).toBe('not_due');
    expect(await listReplays(organizationId, id)).toMatchObject([{ waitingFor: 'live_stream' }]);
    await resumeIntegration(source, id);
    await act(source, 600);
    expect(await run(replay)).toBe('not_due');
    expect(splunk.journal()).toEqual([]);
  });

  it('stands back between two batches as soon as the live stream needs its receiver', async () => {
    const { source, splunk, id, run } = await setReplayStage();
    const { id: replay } = await startReplay(source, id, { ...everything(), eventsPerSecond: 4 });
    const running = run(replay);
    await splunk.waitFor((events) => events.length === 4);
    await db().siemStream.update({ where: { integrationId: id }, data: { state: 'degraded' } });
    expect(await running).toBe('waiting');
    expect(await replayRow(replay)).toMatchObject({ cursor: 4n, leaseOwner: null });
  });

  it('its own trouble is its own: it waits and goes on, and the live stream stays well', async () => {
    const { source, splunk, id, run } = await setReplayStage();
    const { id: replay } = await startReplay(source, id, everything());
    splunk.answerNext({ status: 403, body: { text: 'Invalid token', code: 4 } });
    expect(await run(replay)).toBe('waiting');
    expect(await listReplays(source.organization.id, id)).toMatchObject([
      { waitingFor: 'next_attempt', lastError: { field: 'hecToken' }, done: '0' },
    ]);
    expect((await streamRow(id)).state).toBe('healthy');
    await skipReplayWait(replay);
    expect(await run(replay)).toBe('finished');
    expect(arrived(splunk)).toEqual(upTo(10));
    expect((await replayRow(replay)).lastError).toBeNull();
  });

  it('an event that is refused now is parked and passed over, also where the answer does not say which', async () => {
    const { source, splunk, id, run } = await setReplayStage();
    const { id: replay } = await startReplay(source, id, everything());
    splunk.answerNext({ status: 400, body: { text: 'Odd', code: 12, 'invalid-event-number': 2 } });
    splunk.answerNext({ status: 400, body: { text: 'One of them', code: 6 } });
    splunk.answerNext({ status: 400, body: { text: 'One of them', code: 6 } });
    splunk.answerNext({});
    splunk.answerNext({ status: 400, body: { text: 'This one', code: 6 } });
    expect(await run(replay)).toBe('finished');
    const row = await replayRow(replay);
    expect(row).toMatchObject({ refusedEvents: 2, cursor: 10n });
    expect(row.deliveredEvents).toBe(8n);
    expect(await parkedRows(id)).toMatchObject([{ seq: 3n, reason: 'Odd' }, { reason: 'This one' }]);
  });

  it('settles an event that was parked and is accepted now', async () => {
    const stage = await setStage();
    const { source, splunk, id, drain } = stage;
    splunk.answerNext({ status: 400, body: { text: 'Odd', code: 12, 'invalid-event-number': 0 } });
    await drain();
    const { id: replay } = await startReplay(source, id, everything());
    expect(await runReplay(replay, { owner: 'test', clients: openClients() })).toBe('finished');
    expect(await parkedRows(id)).toMatchObject([{ seq: 1n, state: 'delivered' }]);
  });

  it('does not settle for an address that was changed meanwhile, and goes on with the new one', async () => {
    const { source, splunk: old, id, run } = await setReplayStage();
    const next = await startSplunk();
    const { id: replay } = await startReplay(source, id, everything());
    old.answerNext({ store: true, delayMs: 300 });
    const running = run(replay);
    await old.waitFor((events) => events.length === 10);
    await updateIntegration(source, id, { hecUrl: next.url, hecToken: next.token });
    expect(await running).toBe('yielded');
    expect((await replayRow(replay)).cursor).toBe(0n);
    expect(await run(replay)).toBe('finished');
    expect(arrived(next)).toEqual(upTo(10));
  });

  it('is found by the streamer, and live events arrive while it goes on at its own rate', async () => {
    const { source, splunk, id } = await setReplayStage();
    const streamer = startStreamer({ pollMs: 100 });
    onTestFinished(() => streamer.stop());
    await startReplay(source, id, { ...everything(), eventsPerSecond: 3 });
    await splunk.waitFor((events) => events.length >= 4, { timeoutMs: 10_000 });
    await act(source);
    await splunk.waitFor(() => arrived(splunk).includes(12n), { timeoutMs: 10_000 });
    expect(arrived(splunk).filter((seq) => seq <= 10n).length).toBeLessThan(10);
    await splunk.waitFor(() => arrived(splunk).length === 12, { timeoutMs: 15_000 });
    expect(arrived(splunk).filter((seq) => seq <= 10n)).toEqual(upTo(10));
  }, 40_000);
});
