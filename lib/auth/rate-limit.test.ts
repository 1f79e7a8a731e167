import { expect, test } from 'vitest';
import { takeAttempt, waitingTime } from '@/lib/auth/rate-limit';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { restart } from '@/test/restart';

useDatabase();

const limit = { limit: 3, windowSeconds: 60 };

test('of ten attempts at once exactly the limit passes, and another key is not concerned', async () => {
  const results = await Promise.all(Array.from({ length: 10 }, () => takeAttempt('parallel', limit)));
  expect(results.filter(({ allowed }) => allowed)).toHaveLength(3);
  expect(Math.max(...results.map(({ retryAfterSeconds }) => retryAfterSeconds))).toBeGreaterThan(50);
  expect(await takeAttempt('other', limit)).toMatchObject({
    allowed: true,
    retryAfterSeconds: 0,
    remaining: 2,
  });
});

test('the count outlives a restart of the server, and a new window starts from one', async () => {
  for (const _ of [1, 2, 3]) await takeAttempt('kept', limit);
  await restart();
  expect(await takeAttempt('kept', limit)).toMatchObject({ allowed: false });

  await db()
    .$executeRaw`UPDATE rate_limit SET window_start = now() - interval '61 seconds' WHERE key = 'kept'`;
  expect(await takeAttempt('kept', limit)).toMatchObject({ allowed: true });
  expect(await db().rateLimit.findUnique({ where: { key: 'kept' } })).toMatchObject({ count: 1 });
});

test.each([
  [0.2, '1 second'],
  [12, '12 seconds'],
  [59.1, '60 seconds'],
  [60, '1 minute'],
  [61, '2 minutes'],
  [900, '15 minutes'],
])('%d s is told as %s', (seconds, words) => {
  expect(waitingTime(seconds)).toBe(words);
});
