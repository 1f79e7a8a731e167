import { describe, expect, it } from 'vitest';
import { deliveryOf } from '@/lib/siem/event-delivery';
import { NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import { countParked } from '@/lib/siem/parked/count-parked';
import { dismissParked } from '@/lib/siem/parked/dismiss-parked';
import { findParked, listParked } from '@/lib/siem/parked/list-parked';
import { retryParked } from '@/lib/siem/parked/retry-parked';
import { getIntegrationStatus } from '@/lib/siem/status';
import {
  act,
  arrived,
  parkedRows,
  receiptRows,
  recordsOf,
  setStage,
  streamRow,
  upTo,
} from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const refusal = (position: number) => ({
  status: 400,
  body: { text: 'Too odd', code: 12, 'invalid-event-number': position },
});

/** Five events have happened, and Splunk has refused the second, the third and the fourth. */
async function setParkedStage() {
  const stage = await setStage();
  await act(stage.source, 4);
  stage.splunk.answerNext(refusal(1));
  stage.splunk.answerNext(refusal(0));
  stage.splunk.answerNext(refusal(0));
  expect(await stage.drain()).toBe('caught_up');
  expect((await parkedRows(stage.id)).map(({ seq }) => seq)).toEqual([2n, 3n, 4n]);
  return stage;
}

describe('the list of parked events', () => {
  it('has each with the event, Splunk’s words and when, in pages', async () => {
    const { source, id } = await setParkedStage();
    const { id: organizationId } = source.organization;
    const first = await listParked(organizationId, id, { limit: 2 });
    expect(first).toMatchObject({ items: [{ seq: '2' }, { seq: '3' }], after: '3' });
    expect(first.items[0]).toMatchObject({
      state: 'parked',
      httpStatus: 400,
      hecCode: 12,
      reason: 'Too odd',
      refusals: 1,
      closedAt: null,
      event: { action: 'organization.invitation.revoke', record: expect.stringMatching(/^\{"action"/) },
    });
    expect(await findParked(organizationId, id, '2')).toEqual(first.items[0]);
    for (const seq of ['1', '', '-2', 'x']) expect(await findParked(organizationId, id, seq)).toBeUndefined();
    expect(await countParked(organizationId, id)).toEqual({ parked: 3, retrying: 0, settled: 0 });
    const rest = await listParked(organizationId, id, { limit: 2, after: first.after ?? '' });
    expect(rest).toMatchObject({ items: [{ seq: '4' }], after: null });
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    for (const after of ['nonsense', '-1', '9'.repeat(30)]) {
      expect((await listParked(organizationId, id, { after })).items).toHaveLength(3);
    }
  });

  it('and every act on it is nothing to another organization', async () => {
    const { id } = await setParkedStage();
    const stranger = await createOrganization();
    for (const target of [id, 'no-uuid']) {
      expect((await listParked(stranger.organization.id, target)).items).toEqual([]);
      expect(await findParked(stranger.organization.id, target, '2')).toBeUndefined();
      expect((await countParked(stranger.organization.id, target)).parked).toBe(0);
      await expect(retryParked(stranger, target, 'all')).rejects.toThrow(NotFoundError);
      await expect(dismissParked(stranger, target, '2', 'mine')).rejects.toThrow(NotFoundError);
    }
    expect((await parkedRows(id)).every(({ state }) => state === 'parked')).toBe(true);
    expect(await recordsOf(stranger)).toEqual([]);
  });
});

describe('another attempt', () => {
  it('sends the named ones with the same bytes, settles them, moves no cursor and is recorded', async () => {
    const { source, splunk, id, drain } = await setParkedStage();
    const before = await streamRow(id);
    expect(await retryParked(source, id, ['2', '4', '99', 'x'])).toEqual({ retried: 2 });
    const { id: organizationId } = source.organization;
    expect(await countParked(organizationId, id)).toEqual({ parked: 1, retrying: 2, settled: 0 });
    expect(await deliveryOf(source.organization.id, 2n)).toMatchObject([{ state: 'parked', retrying: true }]);
    expect(await drain()).toBe('caught_up');

    // The sixth is the event of the retry itself.
    expect(arrived(splunk).slice(1).sort()).toEqual([2n, 4n, 6n]);
    expect(await parkedRows(id)).toMatchObject([
      { seq: 2n, state: 'delivered', httpStatus: 200 },
      { seq: 3n, state: 'parked' },
      { seq: 4n, state: 'delivered' },
    ]);
    const after = await streamRow(id);
    expect(after).toMatchObject({ cursor: 6n, state: 'healthy' });
    expect(after.deliveredEvents - before.deliveredEvents).toBe(3n);
    expect((await receiptRows(id)).map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq])).toEqual([
      [1n, 1n],
      [5n, 5n],
      [6n, 6n],
    ]);
    expect((await recordsOf(source)).at(-1)).toMatchObject({
      action: 'siem.parked.retry',
      metadata: { events: 2, seqs: ['2', '4'] },
    });
    expect(await deliveryOf(source.organization.id, 2n)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
    expect(await getIntegrationStatus(source.organization.id, id)).toMatchObject({ parked: 1 });
    expect((await listParked(source.organization.id, id, { which: 'closed' })).items).toHaveLength(2);
  });

  it('leaves one that is refused again parked with the new reason, and neither blocks nor stops the stream', async () => {
    const { source, splunk, id, drain } = await setParkedStage();
    await retryParked(source, id, 'all');
    splunk.answerNext({ status: 400, body: { text: 'Still odd', code: 13, 'invalid-event-number': 1 } });
    expect(await drain()).toBe('caught_up');
    expect(await parkedRows(id)).toMatchObject([
      { seq: 2n, state: 'delivered' },
      { seq: 3n, state: 'parked', reason: 'Still odd', hecCode: 13, refusals: 2 },
      { seq: 4n, state: 'delivered' },
    ]);
    expect(await streamRow(id)).toMatchObject({
      state: 'healthy',
      cursor: 6n,
      parkedInRow: 0,
      maxEvents: 500,
    });
  });

  it('of many that are refused again one after the other does not count against the destination', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 40);
    for (let n = 0; n < 25; n++) splunk.answerNext(refusal(n % 2));
    expect(await drain()).toBe('caught_up');
    expect(await parkedRows(id)).toHaveLength(25);
    await retryParked(source, id, 'all');
    splunk.answerNext(refusal(0));
    // The event of the retry has its turn after the first.
    splunk.answerNext({});
    splunk.answerNext(refusal(0), 24);
    expect(await drain()).toBe('caught_up');
    expect((await streamRow(id)).state).toBe('healthy');
    expect((await parkedRows(id)).every(({ refusals }) => refusals === 2)).toBe(true);
  });

  it('finds the bad one also where the answer does not say which', async () => {
    const { source, splunk, id, drain } = await setParkedStage();
    await retryParked(source, id, 'all');
    splunk.answerNext({ status: 400, body: { text: 'One of them', code: 6 } });
    // Between the two the new event has its turn.
    splunk.answerNext({});
    splunk.answerNext({ status: 400, body: { text: 'This one', code: 6 } });
    expect(await drain()).toBe('caught_up');
    expect(await parkedRows(id)).toMatchObject([
      { seq: 2n, state: 'parked', reason: 'This one' },
      { seq: 3n, state: 'delivered' },
      { seq: 4n, state: 'delivered' },
    ]);
  });

  it('waits like everything else while Splunk is away, and does not hold up what is new', async () => {
    const { source, splunk, id, drain } = await setParkedStage();
    await retryParked(source, id, 'all');
    splunk.answerNext({ status: 503, body: { text: 'Server is busy', code: 9 } });
    expect(await drain()).toBe('waiting');
    expect((await parkedRows(id)).every(({ state }) => state === 'retrying')).toBe(true);
    expect(await streamRow(id)).toMatchObject({ state: 'degraded', attempt: 1 });
  });

  it('of nothing records nothing', async () => {
    const { source, id } = await setParkedStage();
    const before = (await recordsOf(source)).length;
    expect(await retryParked(source, id, ['1', '99'])).toEqual({ retried: 0 });
    expect(await recordsOf(source)).toHaveLength(before);
  });
});

describe('dismissal', () => {
  it('settles an event with who and why, is recorded, and is shown with the event', async () => {
    const { source, id, splunk, drain } = await setParkedStage();
    await dismissParked(source, id, '3', '  A test\nof ours ');
    expect((await recordsOf(source)).at(-1)).toMatchObject({
      action: 'siem.parked.dismiss',
      metadata: { seq: '3', reason: 'A test of ours' },
    });
    expect(await deliveryOf(source.organization.id, 3n)).toMatchObject([
      { state: 'dismissed', reason: 'Too odd', dismissal: 'A test of ours', dismissedBy: 'Alice Fox' },
    ]);
    await retryParked(source, id, 'all');
    await drain();
    expect(arrived(splunk)).not.toContain(3n);
    // The scripted answer said that the first was in, but took nothing.
    expect(arrived(splunk).sort()).toEqual(upTo(7).filter((seq) => seq !== 1n && seq !== 3n));
    expect(await getIntegrationStatus(source.organization.id, id)).toMatchObject({ parked: 0 });
  });

  it('needs a reason of at most 500 characters, and an event that is parked', async () => {
    const { source, id } = await setParkedStage();
    const problemOf = async (seq: string, reason: string) => {
      const error = await dismissParked(source, id, seq, reason).catch((caught: unknown) => caught);
      return error instanceof RefusedError ? error.problems[0]?.field : error;
    };
    expect(await problemOf('3', ' \n ')).toBe('reason');
    expect(await problemOf('3', 'x'.repeat(501))).toBe('reason');
    for (const seq of ['1', '99', 'x', '']) expect(await problemOf(seq, 'a reason')).toBe('form');
    await dismissParked(source, id, '3', 'a reason');
    expect(await problemOf('3', 'a reason')).toBe('form');
  });
});
