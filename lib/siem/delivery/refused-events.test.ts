import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { db } from '@/lib/db/client';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import { attack } from '@/lib/siem/testing/attack';
import {
  act,
  arrived,
  parkedRows,
  receiptRows,
  setStage,
  skipWait,
  streamRow,
  upTo,
} from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';

const { superuserUrl } = useDatabase();

describe('an event that Splunk refuses by its position', () => {
  it.each([6, 12, 13, 15])(
    'code %i: is parked alone; what stands before and behind it is delivered',
    async (code) => {
      const { source, splunk, id, drain } = await setStage();
      await act(source, 4);
      splunk.answerNext({ status: 400, body: { text: 'Refused', code, 'invalid-event-number': 2 } });
      expect(await drain()).toBe('caught_up');

      // The scripted answer stored nothing, but said that events 1 and 2 are in; 3 is the refused one.
      expect(arrived(splunk)).toEqual([4n, 5n]);
      expect(await parkedRows(id)).toMatchObject([
        { seq: 3n, httpStatus: 400, hecCode: code, reason: 'Refused' },
      ]);
      expect(
        (await receiptRows(id)).map(({ firstSeq, lastSeq, events }) => [firstSeq, lastSeq, events]),
      ).toEqual([
        [1n, 2n, 2],
        [4n, 5n, 2],
      ]);
      expect(await streamRow(id)).toMatchObject({ state: 'healthy', cursor: 5n, deliveredEvents: 4n });
    },
  );

  it('is parked with Splunk for judge: larger than its maxEventSize', async () => {
    const { source, splunk, id, drain } = await setStage({ limits: { maxEventBytes: 4_000 } });
    await act(source, 3);
    await act(source, 1, { bulky: true });
    await act(source, 3);
    await drain();
    expect(arrived(splunk)).toEqual([1n, 2n, 3n, 4n, 6n, 7n, 8n]);
    expect(await parkedRows(id)).toMatchObject([{ seq: 5n, hecCode: 6 }]);
    expect(splunk.duplicates().size).toBe(0);
  });

  it('after event, blocks the stream at the twentieth in a row and then passes one per probe', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 29);
    splunk.answerNext({ status: 400, body: { text: 'No', code: 6, 'invalid-event-number': 0 } }, 21);
    expect(await drain()).toBe('waiting');
    expect(await parkedRows(id)).toHaveLength(20);
    expect(await streamRow(id)).toMatchObject({ state: 'blocked', cursor: 20n });

    await skipWait(id);
    expect(await drain()).toBe('waiting');
    expect(await streamRow(id)).toMatchObject({ state: 'blocked', cursor: 21n });

    await skipWait(id);
    expect(await drain()).toBe('caught_up');
    // Thirty, and those that tell of the block and of its end.
    expect(await streamRow(id)).toMatchObject({ state: 'healthy', cursor: 32n });
    expect(arrived(splunk)).toEqual(upTo(32).slice(21));
  });
});

describe('an event that is refused without saying which', () => {
  it('is found among five hundred in at most eleven refusals, and the other 499 are delivered', async () => {
    const { source, id, drain } = await setStage();
    await act(source, 336);
    await act(source, 1, { bulky: true });
    await act(source, 162);
    const receiver = await startPickyReceiver((body) => body.includes('xxxxx'));
    await updateIntegration(source, id, { hecUrl: receiver.url, hecToken: 'another-token-0001' });
    await db().siemStream.update({ where: { integrationId: id }, data: { maxEvents: 500 } });
    expect(await drain()).toBe('caught_up');

    expect(receiver.refused).toBeLessThanOrEqual(11);
    expect(receiver.accepted.sort((a, b) => a - b)).toEqual(
      Array.from({ length: 501 }, (_, at) => at + 1).filter((seq) => seq !== 338),
    );
    expect(await parkedRows(id)).toMatchObject([{ seq: 338n, hecCode: 6 }]);
    expect(await streamRow(id)).toMatchObject({ state: 'healthy', cursor: 501n });
  });
});

describe('a request that is too large', () => {
  it('is halved until it fits, and the smaller size is kept', async () => {
    const { source, splunk, id, drain } = await setStage({ limits: { maxContentLengthBytes: 9_000 } });
    await act(source, 59);
    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk)).toEqual(upTo(60));
    expect(splunk.duplicates().size).toBe(0);
    const { maxEvents, state } = await streamRow(id);
    expect(state).toBe('healthy');
    expect(maxEvents).toBeLessThan(20);
  });

  it('although it holds one event: that event is parked with the reason', async () => {
    const { source, splunk, id, drain } = await setStage({ limits: { maxContentLengthBytes: 4_000 } });
    await act(source, 1, { bulky: true });
    await act(source, 1);
    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk)).toEqual([1n, 3n]);
    expect(await parkedRows(id)).toMatchObject([
      { seq: 2n, httpStatus: 413, reason: 'The event is larger than the receiver takes.' },
    ]);
  });
});

describe('a record that somebody damaged in the database', () => {
  it('is parked instead of holding up everything behind it', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 4);
    await attack(
      superuserUrl,
      source,
      `UPDATE audit_event SET record = 'no longer JSON' WHERE organization_id = $1 AND seq = 3`,
    );

    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk)).toEqual([1n, 2n, 4n, 5n]);
    const [parked] = await parkedRows(id);
    expect(parked).toMatchObject({ seq: 3n, httpStatus: 0 });
    expect(parked?.reason).toContain('damaged');
  });

  it('or removed is parked too: no receipt covers it, and the end of the log is reached', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 4);
    await attack(
      superuserUrl,
      source,
      'DELETE FROM audit_event WHERE organization_id = $1 AND seq IN (3, 5)',
    );

    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk)).toEqual([1n, 2n, 4n]);
    expect((await parkedRows(id)).map(({ seq }) => seq)).toEqual([3n, 5n]);
    expect((await receiptRows(id)).map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq])).toEqual([
      [1n, 2n],
      [4n, 4n],
    ]);
    expect(await drain()).toBe('not_due');
  });
});

/** Refuses a body with code 6 and no number, as some receivers do; takes any other. */
async function startPickyReceiver(refuses: (body: string) => boolean) {
  const receiver = { url: '', refused: 0, accepted: [] as number[] };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const sent = Buffer.concat(parts);
    const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent).toString();
    const bad = refuses(body);
    if (bad) receiver.refused++;
    else
      receiver.accepted.push(...[...body.matchAll(/"event":\{"seq":(\d+)/g)].map(([, seq]) => Number(seq)));
    response.writeHead(bad ? 400 : 200, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify(bad ? { text: 'Invalid data format', code: 6 } : { text: 'Success', code: 0 }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  // listen() on a host and port gives an AddressInfo.
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}
