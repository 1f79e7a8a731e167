import { expect, it } from 'vitest';
import { type Attempt, beginAttempt } from '@/lib/siem/delivery/attempt';
import { acquireLease } from '@/lib/siem/delivery/lease';
import { LookAhead, prepare } from '@/lib/siem/delivery/look-ahead';
import { act, arrived, setStage, streamRow, upTo } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';

useDatabase();

/** An attempt in the middle of ten events, and the batch of the first four. */
async function setAttempt() {
  const { source, id } = await setStage();
  await act(source, 9);
  const lease = await acquireLease(id, 'test', 60_000);
  const attempt = lease && (await beginAttempt(lease));
  const first = attempt && (await prepare(attempt, 4));
  if (!attempt || !first || 'damaged' in first) throw new Error('the stream was not due');
  return { attempt, batch: first.batch };
}

it('has ready what the next attempt would read, if all of the batch under way is accepted', async () => {
  const { attempt, batch } = await setAttempt();
  const next = { ...attempt, cursor: 4n };
  const lookAhead = new LookAhead();
  lookAhead.begin(attempt, batch);
  const made = await lookAhead.take(next, 500);
  expect(made).toEqual(await prepare(next, 500));
  expect(made?.batch.events.map(({ seq }) => seq)).toEqual([5n, 6n, 7n, 8n, 9n, 10n]);
  expect(await lookAhead.take(next, 500)).toBeUndefined();
});

it('is two batches ahead, and goes on when one was taken', async () => {
  const { attempt } = await setAttempt();
  const small = { ...attempt, maxEvents: 2 };
  const first = await prepare(small, 2);
  if ('damaged' in first) throw new Error('an event is damaged');
  const lookAhead = new LookAhead();
  const seqs: (bigint | undefined)[] = [];
  let batch = first.batch;
  for (const cursor of [2n, 4n, 6n, 8n]) {
    lookAhead.begin(small, batch);
    const made = await lookAhead.take({ ...small, cursor }, 2);
    seqs.push(made?.batch.events.at(-1)?.seq);
    if (made) batch = made.batch;
  }
  expect(seqs).toEqual([4n, 6n, 8n, 10n]);
  expect(await lookAhead.take({ ...small, cursor: 10n }, 2)).toBeUndefined();
});

it.each<[string, Partial<Attempt>, number]>([
  ['the cursor went elsewhere', { cursor: 2n }, 500],
  ['the destination changed', { cursor: 4n, version: 2 }, 500],
  ['compression was given up', { cursor: 4n, gzip: false }, 500],
  ['the batch has to be smaller', { cursor: 4n }, 5],
])('is worth nothing when %s', async (_what, change, limit) => {
  const { attempt, batch } = await setAttempt();
  const lookAhead = new LookAhead();
  lookAhead.begin(attempt, batch);
  expect(await lookAhead.take({ ...attempt, ...change }, limit)).toBeUndefined();
});

it('begins nothing at the end of the log', async () => {
  const { attempt } = await setAttempt();
  const all = await prepare(attempt, 500);
  if ('damaged' in all) throw new Error('an event is damaged');
  const lookAhead = new LookAhead();
  lookAhead.begin(attempt, all.batch);
  expect(await lookAhead.take({ ...attempt, cursor: 10n }, 500)).toBeUndefined();
});

it('keeps the order, whatever becomes of the batch before', async () => {
  const { source, splunk, id, drain } = await setStage({ limits: { maxContentLengthBytes: 4_000 } });
  await act(source, 60);
  splunk.answerNext({ status: 400, body: { text: 'Odd', code: 12, 'invalid-event-number': 0 } });
  splunk.answerNext({ destroy: 'before' });
  expect(await drain()).toBe('caught_up');
  expect(arrived(splunk)).toEqual(upTo(61).slice(1));
  expect((await streamRow(id)).cursor).toBe(61n);
});
