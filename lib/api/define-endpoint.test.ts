import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { UserError } from '@/lib/action/user-error';
import { defineEndpoint } from '@/lib/api/define-endpoint';
import { nothing, specify } from '@/lib/api/endpoint';
import { problemSchema } from '@/lib/api/problem';
import { bearer, keyWith } from '@/lib/api/testing/keys';
import { generateKey } from '@/lib/api-keys/key-format';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';
import { log } from '@/lib/log';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

afterEach(() => vi.restoreAllMocks());

/** What the handler was given last; a call that was refused must not change it. */
let received: unknown;
/** What it does instead of answering. */
let failure: Error | undefined;

const spec = specify({
  operationId: 'renameThing',
  method: 'PUT',
  path: '/things/{id}',
  summary: 'Renames a thing',
  scope: 'scans:write',
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({
    dry: z.enum(['yes', 'no']).optional(),
    limit: z.coerce.number().int().max(9).optional(),
  }),
  body: z.strictObject({ name: z.string().min(1).max(10), tags: z.array(z.string()).optional() }),
  status: 200,
  answer: z.object({ name: z.string() }),
});

const put = defineEndpoint(spec, async ({ params, query, body, organizationId, source }) => {
  received = { params, query, body, organizationId, source };
  if (failure) throw failure;
  const secret = 'not in the schema';
  return { name: body.name, secret } as { name: string };
});

const remove = defineEndpoint(
  specify({
    ...spec,
    operationId: 'removeThing',
    method: 'DELETE',
    body: nothing,
    status: 204,
    answer: nothing,
  }),
  async ({ params }) => {
    received = params;
  },
);

const id = '0193c5a2-7000-7000-8000-000000000000';

type Sent = { headers?: Record<string, string>; query?: string; body?: unknown; raw?: BodyInit; id?: string };

function send(key: string | undefined, sent: Sent = {}, endpoint = put): Promise<Response> {
  received = undefined;
  const { headers, query = '', body = { name: 'new' }, raw = JSON.stringify(body) } = sent;
  const stream = raw instanceof ReadableStream ? { duplex: 'half' } : {};
  const request = new Request(`http://localhost:3000/api/v1/things/${id}${query}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      'x-tracekeep-peer': '203.0.113.24',
      ...(key !== undefined && bearer(key)),
      ...headers,
    },
    body: endpoint === remove && sent.raw === undefined ? null : raw,
    ...stream,
  });
  return endpoint(request, { params: Promise.resolve({ id: sent.id ?? id }) });
}

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.request_id).toBe(response.headers.get('x-request-id'));
  expect(received).toBeUndefined();
  return problem;
}

const writer = (source: AuditSource) => keyWith(source, 'scans:write');

describe('a call that is in order', () => {
  test('reaches the handler with the key’s own organization and a source for its events', async () => {
    const source = await createOrganization();
    const key = await writer(source);
    const sent = {
      query: '?dry=yes&limit=3',
      headers: { 'user-agent': 'curl/8', 'x-request-id': id, cookie: 'a=b' },
    };
    const response = await send(key, sent);
    expect(response.status).toBe(200);
    // What the schema of the answer does not name stays here.
    expect(await response.json()).toEqual({ name: 'new' });
    const requestId = response.headers.get('x-request-id');
    expect(requestId).not.toBe(id);
    expect(received).toMatchObject({
      params: { id },
      query: { dry: 'yes', limit: 3 },
      body: { name: 'new' },
      organizationId: source.organization.id,
      source: {
        organization: source.organization,
        actor: { type: 'api_key', role: 'admin' },
        context: { ip: '203.0.113.24', user_agent: 'curl/8', request_id: requestId, origin: 'api' },
      },
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'ratelimit-policy': '"key";q=600;w=60',
      ratelimit: expect.stringMatching(/^"key";r=599;t=(60|59)$/),
    });
  });

  test('without a body answers without one', async () => {
    const key = await writer(await createOrganization());
    const response = await send(key, {}, remove);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(received).toEqual({ id });
  });
});

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

describe('what was sent', () => {
  const refused: [string, Sent, object[]][] = [
    ['an id that is none', { id: 'undefined' }, [{ in: 'path', name: 'id', detail: 'This is not a UUID.' }]],
    ['an unknown parameter', { query: '?fields=*' }, [{ in: 'query', name: 'fields' }]],
    ['an organization', { query: `?organizationId=${id}` }, [{ in: 'query', name: 'organizationId' }]],
    ['a parameter twice', { query: '?dry=yes&dry=no' }, [{ in: 'query', name: 'dry' }]],
    ['a list in brackets', { query: '?dry[]=yes' }, [{ in: 'query', name: 'dry[]' }]],
    ['an operator', { query: '?dry[$ne]=yes' }, [{ in: 'query', name: 'dry[$ne]' }]],
    ['a NUL', { query: '?dry=%00' }, [{ in: 'query', name: 'dry' }]],
    [
      'no number',
      { query: '?limit=ten' },
      [{ in: 'query', name: 'limit', detail: 'This must be a number.' }],
    ],
    [
      'a big number',
      { query: '?limit=10' },
      [{ in: 'query', name: 'limit', detail: 'This must be at most 9.' }],
    ],
    [
      'a word',
      { query: '?dry=maybe' },
      [{ in: 'query', name: 'dry', detail: 'This must be one of yes, no.' }],
    ],
    ['no member', { body: {} }, [{ in: 'body', name: 'name', detail: 'This is missing.' }]],
    [
      'a number for a text',
      { body: { name: 1 } },
      [{ in: 'body', name: 'name', detail: 'This must be a text.' }],
    ],
    ['null for a text', { body: { name: null } }, [{ in: 'body', name: 'name' }]],
    ['a list for a text', { body: { name: ['a'] } }, [{ in: 'body', name: 'name' }]],
    ['a long text', { body: { name: 'x'.repeat(11) } }, [{ in: 'body', name: 'name' }]],
    ['a member of a list', { body: { name: 'a', tags: ['b', 1] } }, [{ in: 'body', name: 'tags.1' }]],
    ['unknown members', { body: { name: 'a', role: 1, id: 2 } }, [{ name: 'role' }, { name: 'id' }]],
    ['a prototype', { raw: '{"name":"a","__proto__":{"admin":true}}' }, [{ in: 'body', name: '__proto__' }]],
    ['a member twice', { raw: '{"name":"a","name":"b"}' }, [{ in: 'body' }]],
    ['a NUL in a text', { raw: String.raw`{"name":"\u0000"}` }, [{ in: 'body' }]],
    ['half a character', { raw: String.raw`{"name":"\ud800"}` }, [{ in: 'body' }]],
    ['nothing', { raw: '' }, [{ in: 'body', detail: 'The body is empty. Send JSON.' }]],
    ['a list', { raw: '[]' }, [{ in: 'body', detail: 'This must be an object.' }]],
    ['a form', { raw: 'name=a' }, [{ in: 'body', detail: 'The body is not JSON.' }]],
    ['Latin-1', { raw: Buffer.from('{"name":"é"}', 'latin1') }, [{ in: 'body' }]],
  ];

  test.each(refused)('%s is refused and named', async (_, sent, errors) => {
    const response = await send(await writer(await createOrganization()), sent);
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.errors).toMatchObject(errors);
    expect(problem.errors).toHaveLength(errors.length);
    expect(JSON.stringify(problem)).not.toMatch(/invalid|zod|unexpected token/i);
  });

  test.each([
    ['another type', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['UTF-16', { 'content-type': 'application/json; charset=utf-16' }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
  ])('%s is refused as such', async (_, headers) => {
    const response = await send(await writer(await createOrganization()), { headers });
    expect(response.status).toBe(415);
    await problemOf(response);
  });

  test('a body is counted, whatever it says about its length, and the rest is never read', async () => {
    const key = await writer(await createOrganization());
    const limit = 64 * 1024;
    const fits = `{"name":"a"${' '.repeat(limit - 12)}}`;
    expect((await send(key, { raw: fits })).status).toBe(200);
    const long = await send(key, { raw: `${fits} ` });
    expect(long.status).toBe(413);
    await problemOf(long);

    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read += 16 * 1024;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    expect((await send(key, { raw: endless, headers: { 'content-length': '5' } })).status).toBe(413);
    expect(read).toBeLessThan(4 * limit);
  });

  test('a byte order mark and the word utf-8 are no hindrance', async () => {
    const key = await writer(await createOrganization());
    const headers = { 'content-type': 'application/json; charset="UTF-8"' };
    expect((await send(key, { raw: '\uFEFF{"name":"new"}', headers })).status).toBe(200);
  });

  test('a body where none belongs is refused', async () => {
    const key = await writer(await createOrganization());
    const response = await send(key, { raw: '{}' }, remove);
    expect(response.status).toBe(400);
    await problemOf(response);
  });
});

describe('what the handler throws', () => {
  afterEach(() => {
    failure = undefined;
  });

  test('for the caller reaches the caller, with the field in the API’s spelling', async () => {
    const key = await writer(await createOrganization());
    failure = new UserError('This is no address', { field: 'targetUrl', hint: 'Write it with https://.' });
    const response = await send(key);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      type: 'urn:tracekeep:problem:refused',
      detail: 'This is no address. Write it with https://.',
      errors: [{ in: 'body', name: 'target_url' }],
    });
  });

  test('by accident reaches the log only', async () => {
    const key = await writer(await createOrganization());
    const error = vi.spyOn(log, 'error').mockReturnValue();
    failure = new Error('connection to postgresql://u:p@db failed');
    const response = await send(key);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('postgresql');
    expect(text).toContain(response.headers.get('x-request-id') ?? 'no id');
    expect(error).toHaveBeenCalledWith(
      expect.objectContaining({ err: failure, operation: 'renameThing' }),
      'an API call failed',
    );
  });
});
