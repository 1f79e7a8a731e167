import { describe, expect, it } from 'vitest';
import { asSuperuser } from '@/lib/audit/testing/as-superuser';
import { db } from '@/lib/db/client';
import { deliveryOf } from '@/lib/siem/event-delivery';
import { act, receiptRows, setStage, streamRow } from '@/lib/siem/testing/stage';
import { reconcile } from '@/lib/siem/upkeep/reconcile';
import { summarizeReceipts } from '@/lib/siem/upkeep/summarize-receipts';
import { useDatabase } from '@/test/database';

const { superuserUrl } = useDatabase();

/** Twelve receipts of one event each; the first ten are from an hour forty days ago, a minute apart. */
async function setAgedStage() {
  const stage = await setStage();
  const { source, id, drain } = stage;
  await drain();
  for (let n = 0; n < 11; n++) {
    await act(source);
    await drain();
  }
  await db().$executeRaw`
    UPDATE siem_receipt SET delivered_at = date_trunc('hour', now() - interval '40 days') + last_seq * interval '1 minute'
     WHERE integration_id = ${id}::uuid AND last_seq <= 10`;
  return stage;
}

const ranges = async (id: string) =>
  (await receiptRows(id)).map(({ firstSeq, lastSeq, batches }) => [firstSeq, lastSeq, batches]);

describe('receipts of more than thirty days', () => {
  it('become one for each hour, which still says for every event when it was delivered, to the hour', async () => {
    const { source, id } = await setAgedStage();
    const [first, ...others] = await receiptRows(id);
    await summarizeReceipts();
    expect(await ranges(id)).toEqual([
      [1n, 10n, 10],
      [11n, 11n, 1],
      [12n, 12n, 1],
    ]);
    const [summary] = await receiptRows(id);
    expect(summary).toMatchObject({ events: 10, httpStatus: 200, deliveredFrom: first?.deliveredAt });
    expect(summary?.deliveredAt).toEqual(others[8]?.deliveredAt);
    expect(summary?.bytes).toBe(
      (first?.bytes ?? 0n) + others.slice(0, 9).reduce((sum, r) => sum + r.bytes, 0n),
    );
    expect(await deliveryOf(source.organization.id, 4n)).toMatchObject([
      { state: 'delivered', deliveredAt: summary?.deliveredAt.toISOString(), approximate: true },
    ]);
    expect(await deliveryOf(source.organization.id, 12n)).toMatchObject([{ approximate: false }]);
    await summarizeReceipts();
    expect(await ranges(id)).toHaveLength(3);
  });

  it('stay apart where something stands between them, and the stream still adds up from the start', async () => {
    const { id } = await setAgedStage();
    await db().$executeRaw`DELETE FROM siem_receipt WHERE integration_id = ${id}::uuid AND last_seq = 5`;
    await db().siemParked.create({
      data: { integrationId: id, seq: 5n, httpStatus: 400, reason: 'Odd', state: 'dismissed' },
    });
    await Promise.all([summarizeReceipts(), summarizeReceipts(), summarizeReceipts()]);
    expect(await ranges(id)).toEqual([
      [1n, 4n, 4],
      [6n, 10n, 5],
      [11n, 11n, 1],
      [12n, 12n, 1],
    ]);
    await reconcile({ fromStart: true });
    expect(await streamRow(id)).toMatchObject({ provenSeq: 12n, unaccounted: null });
  });
});

it('what covers only events that retention removed goes with them, once it is proved', async () => {
  const { source, id } = await setAgedStage();
  await summarizeReceipts();
  await asSuperuser(superuserUrl, 'UPDATE audit_head SET anchor_seq = 11 WHERE organization_id = $1', [
    source.organization.id,
  ]);
  await summarizeReceipts();
  expect(await ranges(id)).toHaveLength(3);
  await reconcile();
  await summarizeReceipts();
  expect(await ranges(id)).toEqual([[12n, 12n, 1]]);
  await reconcile({ fromStart: true });
  expect((await streamRow(id)).unaccounted).toBeNull();
});

it('of the failures the newest hundred are kept', async () => {
  const { id } = await setStage();
  await db().siemFailure.createMany({
    data: Array.from({ length: 150 }, (_, n) => ({
      integrationId: id,
      events: n,
      latencyMs: 1,
      cause: { id: 'busy' },
    })),
  });
  await summarizeReceipts();
  const left = await db().siemFailure.findMany({ where: { integrationId: id }, orderBy: { id: 'asc' } });
  expect(left.map(({ events }) => events)).toEqual(Array.from({ length: 100 }, (_, n) => n + 50));
});
