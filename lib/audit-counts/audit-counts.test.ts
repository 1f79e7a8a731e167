import { expect, test } from 'vitest';
import { only } from '@/lib/audit/filter/audit-filter';
import { listAuditEvents } from '@/lib/audit/query/list-events';
import { addToLog, logOf } from '@/lib/audit/query/testing/log-of';
import { auditCounts } from '@/lib/audit-counts/audit-counts';
import { pool } from '@/lib/db/pool';
import { useDatabase } from '@/test/database';

useDatabase();

const total = (buckets: { success: number; failure: number }[] | undefined) =>
  buckets?.reduce((sum, { success, failure }) => sum + success + failure, 0);

test('counts are kept while nothing new is recorded, and for a minute within one search', async () => {
  const source = await logOf([{}, { outcome: 'failure' }]);
  const ask = (within: boolean, now: number) =>
    auditCounts(source.organization.id, {}, 'UTC', { within, now });
  const first = await ask(false, 0);
  expect(total(await first.histogram)).toBe(2);
  expect((await first.facets.result)?.values.map(({ value, count }) => [value, count])).toEqual([
    ['failure', 1],
    ['success', 1],
  ]);
  expect((await ask(false, 1_000)).key).toBe(first.key);

  await addToLog(source, [{}]);
  expect((await ask(true, 2_000)).key).toBe(first.key);
  const second = await ask(false, 3_000);
  expect(second.key).not.toBe(first.key);
  expect(total(await second.histogram)).toBe(3);
  expect((await ask(true, 63_000)).key).not.toBe(second.key);
});

test('counts of another organization, filter or zone are others', async () => {
  const [a, b] = [await logOf([{}]), await logOf([{}, {}])];
  const ask = (id: string, filter = {}, zone = 'UTC') =>
    auditCounts(id, filter, zone, { within: true, now: 0 });
  expect(total(await (await ask(a.organization.id)).histogram)).toBe(1);
  expect(total(await (await ask(b.organization.id)).histogram)).toBe(2);
  expect(total(await (await ask(b.organization.id, { result: only('failure') })).histogram)).toBe(0);
  const there = await (await ask(b.organization.id, {}, 'Asia/Kolkata')).histogram;
  expect(total(there)).toBe(2);
});

test('a count that does not come is absent alone, and is asked for again', async () => {
  const { organization } = await logOf([{}]);
  const blocker = await pool().connect();
  const ask = () => auditCounts(organization.id, {}, 'UTC', { within: true, now: 0 });
  try {
    // Names are the one thing that a count needs and the rows do not.
    await blocker.query('BEGIN; LOCK TABLE audit_party IN ACCESS EXCLUSIVE MODE');
    const counts = await ask();
    expect((await listAuditEvents(organization.id, {}, { size: 25 })).rows).toHaveLength(1);
    expect(await counts.facets.actor).toBeUndefined();
    expect((await counts.facets.action)?.counted).toBe(1);
    expect(total(await counts.histogram)).toBe(1);
  } finally {
    await blocker.query('ROLLBACK');
    blocker.release();
  }
  expect((await (await ask()).facets.actor)?.values).toHaveLength(1);
});

test('counts that all fail are absent, and nothing is thrown: the page that waits for them stands', async () => {
  const { organization } = await logOf([{}]);
  const ask = () => auditCounts(organization.id, {}, 'UTC', { within: false, now: 0 });
  await pool().query('ALTER TABLE audit_head RENAME TO elsewhere');
  try {
    const { histogram, facets } = await ask();
    expect(await Promise.all([histogram, ...Object.values(facets)])).toEqual(Array(7).fill(undefined));
  } finally {
    await pool().query('ALTER TABLE elsewhere RENAME TO audit_head');
  }
  expect(total(await (await ask()).histogram)).toBe(1);
});

test('a histogram that fails is absent alone', async () => {
  const { organization } = await logOf([{}]);
  const counts = await auditCounts(organization.id, {}, 'Nowhere/At All', { within: false, now: 0 });
  expect(await counts.histogram).toBeUndefined();
  expect((await counts.facets.action)?.counted).toBe(1);
});
