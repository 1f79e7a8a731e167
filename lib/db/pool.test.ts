import { expect, onTestFinished, test, vi } from 'vitest';
import { FaultProxy } from '@/splunk/proxy/fault-proxy';
import { useDatabase } from '@/test/database';

const { url } = useDatabase();

test('a connection that is dead and does not say so costs a query its answer, and nobody a place in the pool', async () => {
  const link = await FaultProxy.start({ target: { port: Number(new URL(url).port) } });
  onTestFinished(() => link.close());
  const through = new URL(url);
  through.port = String(link.port);
  vi.stubEnv('DATABASE_URL', through.href);
  const { createPool } = await import('@/lib/db/pool');
  const pool = createPool(1_000);
  onTestFinished(() => pool.end());

  const clients = await Promise.all(Array.from({ length: 20 }, () => pool.connect()));
  link.orphan();
  const answers = await Promise.allSettled(clients.map((client) => client.query('SELECT 1')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['rejected']));
  for (const client of clients) client.release(true);
  const { rows } = await pool.query('SELECT 2 AS two');
  expect(rows).toEqual([{ two: 2 }]);
});
