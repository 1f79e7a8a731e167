import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import type { AuditSource } from './event';
import { listSealedEvents, type SealedEvent, sealedJson } from './list-sealed-events';
import { recordAudit } from './record';
import { withTransaction } from './transaction';

useDatabase();

function login(source: AuditSource, events = 1): Promise<void> {
  return withTransaction(async (tx) => {
    for (let n = 0; n < events; n++)
      recordAudit(tx, { ...source, action: 'user.login', targets: [], metadata: { method: 'email' } });
  });
}

const seqs = (events: readonly SealedEvent[]) => events.map(({ seq }) => Number(seq));

test('following the log by its newest cursor meets every event once, also across moments without any', async () => {
  const source = await createOrganization();
  const next = (cursor?: string) => listSealedEvents(source.organization.id, {}, { size: 3, cursor });
  let { newer, events } = await next();
  expect(events).toEqual([]);
  const met: number[] = [];
  for (const burst of [0, 2, 0, 7, 1]) {
    await login(source, burst);
    do {
      ({ newer, events } = await next(newer));
      met.push(...seqs(events).toReversed());
    } while (events.length > 0);
  }
  expect(met).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('walking to the oldest meets every event once, and ends', async () => {
  const source = await createOrganization();
  await login(source, 8);
  const met: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await listSealedEvents(source.organization.id, {}, { size: 3, cursor });
    met.push(...seqs(page.events));
    cursor = page.older;
  } while (cursor !== undefined);
  expect(met).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});

test('an event as JSON is its stored bytes with seq and hash, so that the chain can be recomputed from it', async () => {
  const [source, other] = [await createOrganization(), await createOrganization()];
  await login(source, 3);
  await login(other);
  const { events } = await listSealedEvents(source.organization.id, {}, { size: 9 });
  expect(events).toHaveLength(3);
  let previous = createHash('sha256').update(`tracekeep:audit:v1:${source.organization.id}`).digest();
  for (const event of events.toReversed()) {
    const json = sealedJson(event);
    const [, seq = '', hash, rest] = /^\{"seq":(\d+),"hash":"([0-9a-f]{64})",(.*)$/.exec(json) ?? [];
    const position = Buffer.alloc(8);
    position.writeBigInt64BE(BigInt(seq));
    previous = createHash('sha256').update(previous).update(position).update(`{${rest}`).digest();
    expect(hash).toBe(previous.toString('hex'));
    expect(JSON.parse(json)).toMatchObject({
      seq: Number(seq),
      hash,
      organization: { id: source.organization.id },
    });
  }
  expect(() => sealedJson({ seq: '1', hash: '', raw: 'damaged' })).toThrow(RangeError);
});
