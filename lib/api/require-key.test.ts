import { afterEach, describe, expect, test, vi } from 'vitest';
import { keyWith } from '@/lib/api/testing/keys';
import { problemOf, send, writer } from '@/lib/api/testing/thing';
import { generateKey } from '@/lib/api-keys/key-format';
import { db } from '@/lib/db/client';
import { log } from '@/lib/log';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

afterEach(() => vi.restoreAllMocks());

describe('a key', () => {
  test('is asked for, by the name of the header it belongs in', async () => {
    const warn = vi.spyOn(log, 'warn');
    const response = await send(undefined, { headers: { cookie: 'tracekeep-session=abc' } });
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Tracekeep"');
    expect(response.headers.get('ratelimit-policy')).toBe('"key";q=600;w=60');
    expect(await problemOf(response)).toMatchObject({
      type: 'urn:tracekeep:problem:no-key',
      status: 401,
      title: 'An API key is needed',
    });
    expect(warn).not.toHaveBeenCalled();
  });

  test.each([
    ['foreign', 'sk_live_4242424242424242', /begins? with tk_/],
    ['cut', generateKey().text.slice(0, -5), /its end is missing/],
    ['mistyped', `${generateKey().text.slice(0, -1)}!`, /typing error/],
    ['unknown', generateKey().text, /no such key/],
  ])('that is %s is refused with a hint, and logged by its prefix alone', async (_, key, words) => {
    const warn = vi.spyOn(log, 'warn');
    const response = await send(key);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Tracekeep", error="invalid_token"');
    expect((await problemOf(response)).detail).toMatch(words);
    expect(warn).toHaveBeenCalledTimes(1);
    const line = JSON.stringify(warn.mock.calls);
    expect(line).not.toContain(key.slice(0, 20));
    if (key.startsWith('tk_')) expect(line).toContain(key.slice(0, 13));
  });

  test('in the address is refused, also beside a good one in the header', async () => {
    const source = await createOrganization();
    const key = await writer(source);
    const warn = vi.spyOn(log, 'warn');
    for (const query of [`?dry=${key}`, `?api_key=${key}`, '?access_token=x', `?q=${key.slice(0, 30)}`]) {
      const response = await send(key, { query });
      expect(response.status, query).toBe(401);
      expect((await problemOf(response)).detail).toContain('only from the header Authorization');
    }
    expect(warn).toHaveBeenCalledTimes(4);
    expect(JSON.stringify(warn.mock.calls)).not.toContain(key.slice(0, 20));
  });

  test.each(['', 'Bearer', 'Basic dTpw', 'Bearer a b', 'Token tk_1'])('is not %j', async (authorization) => {
    const response = await send(undefined, { headers: { authorization } });
    expect(response.status).toBe(401);
    await problemOf(response);
  });

  test('that lacks the scope is told which one, and one whose creator may no more, why', async () => {
    const source = await createOrganization();
    const reader = await send(await keyWith(source, 'scans:read', 'audit_log:read'));
    expect(reader.status).toBe(403);
    expect(reader.headers.get('www-authenticate')).toContain(
      'error="insufficient_scope", scope="scans:write"',
    );
    expect((await problemOf(reader)).detail).toBe('The key has not the scope scans:write.');

    const key = await writer(source);
    await db().user.update({ where: { id: source.actor.id ?? '' }, data: { role: 'auditor' } });
    const cut = await send(key);
    expect(cut.status).toBe(403);
    expect((await problemOf(cut)).detail).toContain(
      'the role of Alice Fox, who created it, no longer allows it',
    );
  });

  test('that is wrong a hundred times is refused without a word, and the good one beside it still works', async () => {
    const key = await writer(await createOrganization());
    const warn = vi.spyOn(log, 'warn');
    const headers = { 'x-tracekeep-peer': '203.0.113.99' };
    const answers: Response[] = [];
    for (let at = 0; at < 100; at++) answers.push(await send(generateKey().text, { headers }));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(60);
    expect(warn).toHaveBeenCalledTimes(60);
    const [last] = answers.slice(-1);
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(key, { headers })).status).toBe(200);
    expect((await send(generateKey().text)).status).toBe(401);
  });
});

test('a key makes 600 calls a minute; the next one is told when to come back, and another key is not concerned', async () => {
  const source = await createOrganization();
  const key = await writer(source);
  await send(key);
  await db().$executeRaw`UPDATE rate_limit SET count = 599 WHERE key LIKE 'api/key/%'`;
  expect((await send(key)).headers.get('ratelimit')).toMatch(/^"key";r=0;t=\d+$/);
  const response = await send(key);
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(response.headers.get('ratelimit')).toMatch(/^"key";r=0;t=\d+$/);
  expect((await problemOf(response)).type).toBe('urn:tracekeep:problem:too-many-calls');
  expect((await send(await writer(source))).status).toBe(200);
});
