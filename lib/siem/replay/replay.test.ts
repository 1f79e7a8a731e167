import { describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { deliveryOf } from '@/lib/siem/event-delivery';
import { pauseIntegration } from '@/lib/siem/integrations/pause-integration';
import { NotFoundError } from '@/lib/siem/integrations/refusal';
import { cancelReplay, pauseReplay, resumeReplay } from '@/lib/siem/replay/change-replay';
import { listReplays } from '@/lib/siem/replay/list-replays';
import { previewReplay } from '@/lib/siem/replay/preview-replay';
import { runReplay } from '@/lib/siem/replay/run-replay';
import { startReplay } from '@/lib/siem/replay/start-replay';
import {
  everything,
  longAgo,
  refusalOf,
  replayRow,
  setReplayStage,
  soon,
} from '@/lib/siem/replay/testing/replay-stage';
import { act, arrived, openClients, recordsOf, startSplunk, streamRow, upTo } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { until } from '@/test/until';

useDatabase();

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
      {
        id: replay,
        state: 'finished',
        done: '10',
        events: '10',
        percent: 100,
        secondsLeft: null,
        requestedBy: 'Alice Fox',
        from: log[0].time,
        to: log[9].time,
      },
    ]);
    expect(await run(replay)).toBe('not_due');
    await drain();
    expect(arrived(splunk)).toEqual([...upTo(10), 11n]);
  });

  it('takes the events of a time, from its first moment to before its last, and none that still wait', async () => {
    const { source, id } = await setReplayStage();
    const { id: organizationId } = source.organization;
    await until(async () => {
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
    splunk.answerNext({ delayMs: 2_000 });
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
