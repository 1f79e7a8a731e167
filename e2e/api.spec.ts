import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '@/bin/settings';
import { bodies, fillIn, insertScan, stateFor, type Things } from '@/e2e/api-calls';
import { type AddedKey, expect, test } from '@/e2e/furnished';
import { expectServing, sendRaw } from '@/e2e/insults';
import { takesBody } from '@/lib/api/endpoint';
import { problemSchema } from '@/lib/api/problem';
import { specification } from '@/lib/api/specification';
import { scopes } from '@/lib/api-keys/scopes';

test.describe.configure({ mode: 'parallel' });

const run = promisify(execFile);

const bearer = ({ text }: AddedKey) => ({ authorization: `Bearer ${text}` });

test('every documented call does what it says, in the words of curl', async ({
  request,
  baseURL,
  query,
  organization,
  addApiKey,
  addEvents,
  addIntegration,
}) => {
  await addIntegration('paused');
  const [event] = await addEvents({}, {});
  const key = await addApiKey();
  const text = await readFile(path.join(root, 'docs/api.md'), 'utf8');
  const lines = text.split('\n').filter((line) => line.startsWith('curl '));
  const { newer } = await (await request.get('/api/v1/audit-events', { headers: bearer(key) })).json();
  for (const line of lines) {
    const { scan, run: scanRun } = await insertScan(
      query,
      organization,
      line.includes('/stop') ? 'running' : 'finished',
    );
    const env = {
      ...process.env,
      TRACEKEEP_KEY: key.text,
      EVENT: event?.id,
      SCAN: scan,
      RUN: scanRun,
      NEWER: newer,
      CRON_SECRET: 'none',
      METRICS_TOKEN: 'none',
    };
    const here = line.replace('http://localhost:3000', baseURL ?? '');
    const code = await run('bash', ['-c', here], { env }).then(
      () => 0,
      (failed: { code: number }) => failed.code,
    );
    // The stack has neither secret, and curl -f ends with 22 for the 404 that the document promises then.
    expect(code, line).toBe(/\/api\/(siem\/stream|metrics)$/.test(line) ? 22 : 0);
  }

  const documented = lines.map((line) => {
    const method = /-X (\w+)/.exec(line)?.[1] ?? (line.includes(' -d ') ? 'POST' : 'GET');
    const [, address = ''] = /\/api\/v1([^?'"\s]*)/.exec(line) ?? [];
    return `${method} ${address}`;
  });
  const things = { event: '$EVENT', scan: '$SCAN', run: '$RUN' };
  const specified = specification.map(({ method, path }) => `${method} ${fillIn(path, things)}`);
  expect(specified.filter((call) => !documented.includes(call))).toEqual([]);
});

test('every call of the OpenAPI document answers each of its codes, and its answer is what it promises', async ({
  request,
  query,
  organization,
  addApiKey,
  addEvents,
  addIntegration,
}) => {
  await addIntegration('healthy');
  await addIntegration('blocked');
  const [event] = await addEvents({}, {});
  const key = await addApiKey();
  const document = await (await request.get('/api/v1/openapi.json')).json();

  for (const spec of specification) {
    const { operationId, method, scope } = spec;
    const things: Things = {
      event: event?.id ?? '',
      ...(await insertScan(query, organization, stateFor(operationId))),
    };
    const data = takesBody(spec) ? { data: bodies[operationId] } : {};
    const call = async (address: string, headers: Record<string, string>) => {
      const response = await request.fetch(`/api/v1${address}`, { method, headers, ...data });
      const status = response.status();
      const documented = document.paths[spec.path]?.[method.toLowerCase()]?.responses;
      expect(Object.keys(documented), operationId).toContain(String(status));
      const told = response.headers();
      expect(told, operationId).toMatchObject({
        'cache-control': 'no-store',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'ratelimit-policy': '"key";q=600;w=60',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
      expect(told['set-cookie'], operationId).toBeUndefined();
      if (headers.authorization) expect(told.ratelimit, operationId).toMatch(/^"key";r=\d+;t=\d+$/);
      if (status >= 400) problemSchema.parse(await response.json());
      return response;
    };
    const address = fillIn(spec.path, things);
    expect((await call(address, {})).status(), operationId).toBe(401);
    const others = await addApiKey({ scopes: scopes.filter((other) => other !== scope) });
    expect((await call(address, bearer(others))).status(), operationId).toBe(403);
    expect((await call(`${address}?nonsense=1`, bearer(key))).status(), operationId).toBe(400);
    if (spec.problems?.includes('not-found')) {
      const nowhere = fillIn(spec.path, { event: randomUUID(), scan: randomUUID(), run: randomUUID() });
      expect((await call(nowhere, bearer(key))).status(), operationId).toBe(404);
    }
    const response = await call(address, bearer(key));
    expect(response.status(), operationId).toBe(spec.status);
    if (spec.status === 204) {
      expect(await response.text(), operationId).toBe('');
      continue;
    }
    const answer = await response.json();
    expect(spec.answer.parse(answer), operationId).toEqual(answer);
  }
});

test('neither a cookie nor an address opens the API, and other methods are named', async ({
  adminPage,
  request,
  addApiKey,
}) => {
  const key = await addApiKey();
  expect((await adminPage.request.get('/api/v1/audit-events')).status()).toBe(401);
  for (const query of [`?key=${key.text}`, `?access_token=${key.text}`, `?q=${key.text}`]) {
    const response = await request.get(`/api/v1/audit-events${query}`, { headers: bearer(key) });
    expect(response.status(), query).toBe(401);
  }
  const refused = [
    ['/api/v1/audit-events', 'POST', 'GET, HEAD, OPTIONS'],
    ['/api/v1/audit-events', 'DELETE', 'GET, HEAD, OPTIONS'],
    ['/api/v1/scans', 'PUT', 'GET, POST, HEAD, OPTIONS'],
    [`/api/v1/scans/${randomUUID()}/start`, 'GET', 'POST, OPTIONS'],
    [`/api/v1/scans/${randomUUID()}/schedule`, 'PATCH', 'PUT, DELETE, OPTIONS'],
    ['/api/v1/openapi.json', 'POST', 'GET, HEAD, OPTIONS'],
  ] as const;
  for (const [address, method, allow] of refused) {
    const response = await request.fetch(address, { method, headers: bearer(key) });
    expect(response.status(), `${method} ${address}`).toBe(405);
    expect(response.headers().allow).toBe(allow);
    expect(problemSchema.parse(await response.json()).type).toBe('urn:tracekeep:problem:method-not-allowed');
    const options = await request.fetch(address, { method: 'OPTIONS' });
    expect([options.status(), options.headers().allow]).toEqual([204, allow]);
  }
  const overridden = { ...bearer(key), 'x-http-method-override': 'DELETE' };
  expect((await request.get('/api/v1/audit-events', { headers: overridden })).status()).toBe(200);
  const head = await request.head('/api/v1/audit-events', { headers: bearer(key) });
  expect([head.status(), await head.text()]).toEqual([200, '']);
  expect((await request.head('/api/v1/audit-events')).status()).toBe(401);
  const nowhere = await request.get('/api/v1/nowhere', { headers: bearer(key) });
  expect(nowhere.status()).toBe(404);
  expect(problemSchema.parse(await nowhere.json()).type).toBe('urn:tracekeep:problem:not-found');
});

test('requests that no client of good will sends are answered with 4xx, and create nothing', async ({
  request,
  baseURL,
  query,
  organization,
  addApiKey,
}) => {
  const key = await addApiKey();
  const headers = { ...bearer(key), 'content-type': 'application/json' };
  const addresses: [string, number][] = [
    ['/api/v1/audit-events/%00', 400],
    ['/api/v1/audit-events/undefined', 400],
    ['/api/v1/audit-events/__proto__', 400],
    [`/api/v1/audit-events?q=${'%00'}`, 400],
    ['/api/v1/audit-events?q=a&q=b', 400],
    ['/api/v1/audit-events?q[$ne]=a', 400],
    ['/api/v1/audit-events?limit=1e99', 400],
    [`/api/v1/audit-events?${Array.from({ length: 500 }, (_, at) => `f${at}=1`).join('&')}`, 400],
    [`/api/v1/audit-events?action=${Array.from({ length: 1_000 }, () => 'a').join()}`, 400],
    ['/api/v1/scans?cursor=%ff%fe', 400],
    ['/api/v1//scans', 308],
  ];
  for (const [address, status] of addresses) {
    const response = await request.get(address, { headers: bearer(key), maxRedirects: 0 });
    expect(response.status(), address).toBe(status);
    if (status === 400)
      expect(problemSchema.parse(await response.json()).errors?.length, address).toBeGreaterThan(0);
  }

  const scan = { name: 'a', target_url: 'https://www.example.com' };
  const bodiesSent: [string, string | Buffer, Record<string, string>, number][] = [
    ['half of an object', '{"name":', headers, 400],
    ['a member twice', '{"name":"a","name":"b","target_url":"https://www.example.com"}', headers, 400],
    ['a prototype', `{"__proto__":{"a":1},"name":"a","target_url":"https://www.example.com"}`, headers, 400],
    ['an organization', JSON.stringify({ ...scan, organization_id: randomUUID() }), headers, 400],
    ['a NUL', JSON.stringify({ ...scan, name: 'a\0' }), headers, 400],
    ['half a character', String.raw`{"name":"\ud800","target_url":"https://www.example.com"}`, headers, 400],
    ['a number for a text', JSON.stringify({ ...scan, name: 1 }), headers, 400],
    ['300 kB', JSON.stringify({ ...scan, description: 'x'.repeat(300_000) }), headers, 413],
    ['5 MB', JSON.stringify({ ...scan, description: 'x'.repeat(5_000_000) }), headers, 413],
    [
      'a form',
      'name=a&target_url=https://www.example.com',
      { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      415,
    ],
    ['text', JSON.stringify(scan), { ...headers, 'content-type': 'text/plain' }, 415],
    [
      'UTF-16',
      Buffer.from(JSON.stringify(scan), 'utf16le'),
      { ...headers, 'content-type': 'application/json; charset=utf-16le' },
      415,
    ],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), headers, 400],
    ['gzip', Buffer.from('1f8b08', 'hex'), { ...headers, 'content-encoding': 'gzip' }, 415],
    ['a direction mark', JSON.stringify({ ...scan, name: '\u202egpj.exe' }), headers, 422],
    ['a file', JSON.stringify({ ...scan, target_url: 'file:///etc/passwd' }), headers, 422],
  ];
  for (const [what, data, sent, status] of bodiesSent) {
    const response = await request.post('/api/v1/scans', { headers: sent, data });
    expect(response.status(), what).toBe(status);
    expect(await response.text(), what).not.toMatch(/node_modules|prisma|zod|at .+:\d+:\d+/i);
  }

  const { host } = new URL(baseURL ?? '');
  const begin = `POST /api/v1/scans HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key.text}\r\nContent-Type: application/json\r\n`;
  const chunk = `${(80_000).toString(16)}\r\n${'x'.repeat(80_000)}\r\n0\r\n\r\n`;
  expect(await sendRaw(baseURL ?? '', `${begin}Transfer-Encoding: chunked\r\n\r\n${chunk}`)).toBe(413);
  for (const method of ['PROPFIND', 'TRACE', 'QUERY'])
    expect(
      await sendRaw(baseURL ?? '', `${method} /api/v1/scans HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
      method,
    ).toBe(405);
  await expectServing(request, 'afterwards');
  expect(await query('SELECT 1 FROM scan WHERE organization_id = $1', [organization.id])).toEqual([]);
});
