import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Throttle, throttleSignIn } from '@/lib/auth/sign-in-throttle';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { restart } from '@/test/restart';

useDatabase();

const ip = '203.0.113.7';

/** Every block in the table is over: what waiting would do. */
async function waitItOut(): Promise<void> {
  await db().$executeRaw`UPDATE rate_limit SET blocked_till = now() - interval '1 second'`;
}

async function fail(email: string, from: string | undefined, times: number): Promise<Throttle | undefined> {
  let last: Throttle | undefined;
  for (let done = 0; done < times; done += 1) last = await throttleSignIn(email, from);
  return last;
}

/** Seconds to wait after each of `times` further failures. */
async function delays(email: string, from: string, times: number): Promise<number[]> {
  const seconds: number[] = [];
  for (let done = 0; done < times; done += 1) {
    await waitItOut();
    expect(await throttleSignIn(email, from)).toMatchObject({ allowed: true });
    const refused = await throttleSignIn(email, from);
    seconds.push(refused.allowed ? 0 : refused.retryAfterSeconds);
  }
  return seconds;
}

test('after five failures the delay begins at one second, doubles, and ends at fifteen minutes', async () => {
  expect(await fail('delay@x.example', '198.51.100.1', 4)).toMatchObject({ allowed: true });
  const seconds = await delays('delay@x.example', '198.51.100.1', 12);
  expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
});

test('a block outlives a restart of the server', async () => {
  await fail('restart@x.example', '198.51.100.2', 5);
  await restart();
  expect(await throttleSignIn('restart@x.example', '198.51.100.2')).toMatchObject({ allowed: false });
});

test('a hundred guesses sent at once are one guess where one is left', async () => {
  await fail('parallel@x.example', '198.51.100.3', 4);
  // The next failure blocks for minutes instead of a second: a slow machine may need more than that for a hundred.
  await db().$executeRaw`UPDATE rate_limit SET count = 30 WHERE blocked_till IS NULL`;
  const guesses = Array.from({ length: 100 }, () => throttleSignIn('parallel@x.example', '198.51.100.3'));
  expect((await Promise.all(guesses)).filter(({ allowed }) => allowed)).toHaveLength(1);
});

test('a refused attempt makes nobody wait longer', async () => {
  await fail('patient@x.example', '198.51.100.4', 5);
  await db().$executeRaw`UPDATE rate_limit SET blocked_till = blocked_till + interval '1 minute'`;
  const before = await db().rateLimit.findMany({ orderBy: { key: 'asc' } });
  await fail('patient@x.example', '198.51.100.4', 20);
  expect(await db().rateLimit.findMany({ orderBy: { key: 'asc' } })).toEqual(before);
});

test('success clears the pair and leaves account and address as they were', async () => {
  await fail('success@x.example', '198.51.100.5', 4);
  const attempt = await throttleSignIn('success@x.example', '198.51.100.5');
  if (attempt.allowed) await attempt.succeeded();
  const counts = await db().$queryRaw`
    SELECT split_part(key, '/', 2) AS kind, count, blocked_till FROM rate_limit
     WHERE key LIKE '%198.51.100.5%' OR (key LIKE 'sign-in/account/%' AND count = 4) ORDER BY key`;
  expect(counts).toEqual([
    { kind: 'account', count: 4, blocked_till: null },
    { kind: 'address', count: 4, blocked_till: null },
  ]);
});

test('one account tried from many addresses is held back, at fewer than 30 guesses an hour', async () => {
  let guesses = 0;
  let waited = 0;
  while (waited < 3_600) {
    const attempt = await throttleSignIn('spread@x.example', `2001:db8:${guesses.toString(16)}::1`);
    if (attempt.allowed) guesses += 1;
    else {
      waited += attempt.retryAfterSeconds;
      await waitItOut();
    }
  }
  expect(guesses).toBeLessThan(30);
});

test('one address that tries many accounts is held back; all of an IPv6 /64 is one address', async () => {
  for (let tried = 0; tried < 20; tried += 1) {
    expect(await throttleSignIn(`spray-${tried}@x.example`, `2001:db8:5:6::${tried}`)).toMatchObject({
      allowed: true,
    });
  }
  expect(await throttleSignIn('spray-last@x.example', '2001:db8:5:6:ffff::1')).toMatchObject({
    allowed: false,
  });
  expect(await throttleSignIn('spray-last@x.example', '2001:db8:5:7::1')).toMatchObject({ allowed: true });
});

test('whoever signed in from an address before cannot be locked out of it by a stranger', async () => {
  const { actor, organization } = await createOrganization();
  const email = actor.email ?? '';
  await db().session.create({
    data: {
      id: randomUUID(),
      tokenHash: new Uint8Array([1]),
      organizationId: organization.id,
      userId: actor.id ?? '',
      method: 'email',
      ip,
      expiresAt: new Date(),
    },
  });
  for (let tried = 0; tried < 12; tried += 1) await throttleSignIn(email, `192.0.2.${tried}`);
  expect(await throttleSignIn(email, '192.0.2.200')).toMatchObject({ allowed: false });
  expect(await throttleSignIn(email, ip)).toMatchObject({ allowed: true });
});

test('a day without a failure is a clean slate', async () => {
  await fail('forgotten@x.example', '198.51.100.8', 5);
  await db().$executeRaw`UPDATE rate_limit SET window_start = now() - interval '25 hours'`;
  await waitItOut();
  expect(await fail('forgotten@x.example', '198.51.100.8', 4)).toMatchObject({ allowed: true });
});

test('what was typed is not kept in the clear', async () => {
  await throttleSignIn('typed-into-the-wrong-field@x.example', undefined);
  const keys = await db().rateLimit.findMany({ select: { key: true } });
  expect(JSON.stringify(keys)).not.toContain('typed-into');
});
