import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pool } from '@/lib/db/pool';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { readRecord } from '../columns';
import { newestSeqs } from './newest-seqs';
import { anyEvent, now, someFilter } from './testing/any-event';
import { logOf } from './testing/log-of';
import { matches } from './testing/matches';

useDatabase();

test('the newest events of any filter are found however few are looked for at a time, and whether there are more', async () => {
  const { organization } = await logOf(fc.sample(anyEvent, { numRuns: 60, seed: 11 }));
  const { rows } = await pool().query<{ seq: string; record: string }>(
    'SELECT seq, record FROM audit_event WHERE organization_id = $1 ORDER BY seq',
    [organization.id],
  );
  const options = fc.record({
    limit: fc.integer({ min: 1, max: 70 }),
    batch: fc.integer({ min: 1, max: 25 }),
  });
  await fc.assert(
    fc.asyncProperty(someFilter, options, async (filter, { limit, batch }) => {
      const all = rows.flatMap(({ seq, record }) => {
        const read = readRecord(record);
        return read && matches(read, filter, now) ? [BigInt(seq)] : [];
      });
      const { seqs, truncated } = await newestSeqs(organization.id, filter, { limit, batch, now });
      expect([...seqs]).toEqual(all.slice(-limit));
      expect(truncated).toBe(all.length > limit);
    }),
    { numRuns: 60 },
  );
}, 180_000);

test('a log without events has none, and a reader who left is not searched for', async () => {
  const { organization } = await createOrganization();
  expect(await newestSeqs(organization.id, {}, { limit: 9 })).toEqual({
    seqs: new BigInt64Array(),
    truncated: false,
  });
  const full = await logOf([{}]);
  const signal = AbortSignal.abort(new Error('gone'));
  await expect(newestSeqs(full.organization.id, {}, { limit: 9, signal })).rejects.toThrow('gone');
});
