import { expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { hourlyDeliveries, listAttempts } from '@/lib/siem/history';
import { act, setStage, skipWait } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

it('tells the last attempts with their cause in words, and the last 24 hours by the hour', async () => {
  const { source, splunk, id, drain } = await setStage();
  const { id: organizationId } = source.organization;
  await act(source, 3);
  splunk.answerNext({ status: 503, body: { text: 'Server is busy', code: 9 } });
  await drain();
  await skipWait(id);
  await drain();
  const { items } = await listAttempts(organizationId, id);
  expect(items).toMatchObject([
    { outcome: 'accepted', events: 4, firstSeq: '1', lastSeq: '4', httpStatus: 200, hecCode: 0, attempts: 2 },
    {
      outcome: 'failed',
      events: 4,
      httpStatus: 503,
      hecCode: 9,
      hecText: 'Server is busy',
      failure: { cause: 'busy', message: expect.stringContaining('busy') },
    },
  ]);
  expect(JSON.parse(JSON.stringify(items))).toEqual(items);

  const hours = await hourlyDeliveries(organizationId, id);
  expect(hours).toHaveLength(24);
  expect(JSON.parse(JSON.stringify(hours))).toEqual(hours);
  expect(hours.reduce((sum, { events }) => sum + events, 0)).toBe(4);
  expect(hours.reduce((sum, { failures }) => sum + failures, 0)).toBe(1);
  const busy = hours.find(({ events }) => events > 0);
  expect(busy?.p95Ms).toBeGreaterThanOrEqual(busy?.p50Ms ?? Number.NaN);
  expect(hours[0]).toMatchObject({ events: 0, p50Ms: null });
});

it('lists attempts in pages that neither lose nor repeat one of the same instant, all of them or the failed ones', async () => {
  const { source, id } = await setStage();
  const { id: organizationId } = source.organization;
  const at = new Date(Date.now() - 60_000);
  const common = { integrationId: id, events: 1, latencyMs: 5 };
  await db().siemReceipt.createMany({
    data: [1n, 2n, 3n].map((seq) => ({
      ...common,
      ...{
        firstSeq: seq,
        lastSeq: seq,
        bytes: 9n,
        httpStatus: 200,
        attempts: 1,
        sentAt: at,
        deliveredAt: at,
      },
    })),
  });
  await db().siemFailure.createMany({
    data: [1, 2, 3].map(() => ({ ...common, at, cause: { id: 'busy' } })),
  });
  const pages = async (onlyFailed: boolean) => {
    const met: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = await listAttempts(organizationId, id, { onlyFailed, before, limit: 2 });
      met.push(...page.items.map((item) => item.id));
      await db().siemFailure.create({ data: { ...common, cause: { id: 'restarting' } } });
      if (page.before === null) return met;
      before = page.before;
    }
  };
  const [all, failed] = [await pages(false), await listAttempts(organizationId, id, { onlyFailed: true })];
  expect(new Set(all).size).toBe(6);
  expect(all.map((item) => item.split('.')[1])).toEqual([
    ...Array(3).fill('failed'),
    ...Array(3).fill('accepted'),
  ]);
  expect(failed.items.map(({ outcome }) => outcome)).toEqual(Array(6).fill('failed'));
  for (const before of ['', '0', 'x', '1.failed', "1.failed.1'", '9'.repeat(40)]) {
    expect((await listAttempts(organizationId, id, { before, limit: 1 })).items, before).toHaveLength(1);
  }
});

it('is nothing to another organization', async () => {
  const { id } = await setStage();
  const { organization } = await createOrganization();
  for (const target of [id, 'no-uuid']) {
    expect(await listAttempts(organization.id, target)).toEqual({ items: [], before: null });
    expect(await hourlyDeliveries(organization.id, target)).toEqual([]);
  }
});
