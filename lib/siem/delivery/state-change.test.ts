import { describe, expect, it, onTestFinished } from 'vitest';
import { onStateChange, type StateChange } from '@/lib/siem/delivery/state-change';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import {
  act,
  arrived,
  recordsOf,
  setStage,
  skipWait,
  startSplunk,
  streamRow,
  upTo,
} from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';

useDatabase();

const forbidden = { status: 400, body: { text: 'Incorrect index', code: 7, 'invalid-event-number': 1 } };

function watchChanges(): StateChange[] {
  const changes: StateChange[] = [];
  onTestFinished(onStateChange((change) => changes.push(change)));
  return changes;
}

describe('a stream that is blocked', () => {
  it('records it once by the system itself, however many probes fail, and its recovery once', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 2);
    splunk.answerNext(forbidden, 3);
    for (let probe = 0; probe < 3; probe++) {
      expect(await drain()).toBe('waiting');
      await skipWait(id);
    }
    const blockedSince = (await streamRow(id)).stateSince.toISOString();
    expect(await drain()).toBe('caught_up');

    const events = (await recordsOf(source)).slice(3);
    expect(events).toMatchObject([
      {
        action: 'siem.integration.blocked',
        actor: { type: 'system' },
        context: { origin: 'system' },
        targets: [{ type: 'siem_integration', id, name: 'Splunk' }],
        metadata: { cause: 'index_not_allowed', http_status: 400, hec_code: 7, waiting: '3' },
      },
      { action: 'siem.integration.recovered', metadata: { blocked_since: blockedSince, waiting: '3' } },
    ]);
    expect(events).toHaveLength(2);
    expect(arrived(splunk)).toEqual(upTo(5));
  });

  it('is neither recorded nor announced when an admin paused it meanwhile', async () => {
    const changes = watchChanges();
    const { source, splunk, drain } = await setStage();
    splunk.answerNext({ ...forbidden, delayMs: 2_000 });
    const draining = drain();
    await splunk.waitFor((_, journal) => journal.length === 1);
    await pauseIntegration(source, (await recordsOf(source))[0].targets[0].id);
    await draining;
    expect((await recordsOf(source)).map(({ action }) => action)).toEqual([
      'siem.integration.create',
      'siem.integration.pause',
    ]);
    expect(changes).toEqual([]);
  });

  it('is not recorded for an address that is another one meanwhile', async () => {
    const { source, splunk, id, drain } = await setStage();
    const next = await startSplunk();
    splunk.answerNext({ ...forbidden, delayMs: 2_000 });
    const draining = drain();
    await splunk.waitFor((_, journal) => journal.length === 1);
    await updateIntegration(source, id, { hecUrl: next.url, hecToken: next.token });
    expect(await draining).toBe('yielded');
    expect((await recordsOf(source)).map(({ action }) => action)).not.toContain('siem.integration.blocked');
    expect(await streamRow(id)).toMatchObject({ state: 'healthy' });
  });
});

describe('a listener', () => {
  it('is told of each change once, with since when and why, after it is committed', async () => {
    const changes = watchChanges();
    const { source, splunk, id, drain } = await setStage();
    splunk.answerNext({ status: 503, body: { text: 'Server is busy', code: 9 } }, 2);
    splunk.answerNext(forbidden);
    for (let n = 0; n < 3; n++) {
      await drain();
      expect((await streamRow(id)).state).toBe(changes.at(-1)?.to);
      await skipWait(id);
    }
    await drain();
    expect(changes).toMatchObject([
      { integrationId: id, from: 'healthy', to: 'degraded', problem: { id: 'busy', hecCode: 9 } },
      { from: 'degraded', to: 'blocked', problem: { id: 'index_not_allowed' } },
      { from: 'blocked', to: 'healthy', problem: undefined },
    ]);
    expect(changes[2]?.fromSince).toEqual(changes[1]?.at);
    expect(changes[0]).toMatchObject({ organizationId: source.organization.id, integrationName: 'Splunk' });
  });

  it('hears nothing of a lost connection that the immediate retry mends, nor of pause and resume', async () => {
    const changes = watchChanges();
    const { source, splunk, id, drain } = await setStage();
    splunk.answerNext({ destroy: 'before' });
    expect(await drain()).toBe('caught_up');
    await pauseIntegration(source, id);
    await resumeIntegration(source, id);
    await drain();
    expect(changes).toEqual([]);
  });
});

it('a token with acknowledgement whose channel is full gets another channel, and only then', async () => {
  const { source, splunk, drain, id } = await setStage();
  await drain();
  await act(source);
  await drain();
  splunk.answerNext({ status: 429, body: { text: 'HEC ACK channel is at capacity', code: 27 } });
  await act(source);
  expect(await drain()).toBe('waiting');
  await skipWait(id);
  expect(await drain()).toBe('caught_up');
  const channels = splunk.journal().map(({ headers }) => headers['x-splunk-request-channel']);
  expect(new Set(channels.slice(0, 3)).size).toBe(1);
  expect(channels[3]).toMatch(/^[0-9a-f-]{36}$/);
  expect(channels[3]).not.toBe(channels[0]);
});
