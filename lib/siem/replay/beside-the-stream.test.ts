import { describe, expect, it, onTestFinished } from 'vitest';
import { db } from '@/lib/db/client';
import { startStreamer } from '@/lib/siem/delivery/streamer';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import { listReplays } from '@/lib/siem/replay/list-replays';
import { runReplay } from '@/lib/siem/replay/run-replay';
import { startReplay } from '@/lib/siem/replay/start-replay';
import {
  everything,
  replayRow,
  setReplayStage,
  skipReplayWait,
} from '@/lib/siem/replay/testing/replay-stage';
import {
  act,
  arrived,
  openClients,
  parkedRows,
  setStage,
  startSplunk,
  streamRow,
  upTo,
} from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';

useDatabase();

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
    // Long enough for the change to be committed before the answer, also on a slow machine.
    old.answerNext({ store: true, delayMs: 3_000 });
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
