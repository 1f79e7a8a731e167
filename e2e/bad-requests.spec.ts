import { expect, test } from '@/e2e/furnished';
import { expectServing, recordedFrom, sendRaw } from '@/e2e/insults';

test.describe.configure({ mode: 'parallel' });

test('addresses that no link leads to are answered, never with a 500', async ({ adminPage, baseURL }) => {
  const paths = [
    '/%00',
    '/settings/audit-log/%00',
    '/settings/audit-log/%ff',
    '/settings/audit-log/..%2f..%2fetc%2fpasswd',
    '/settings/siem/splunk/%00',
    '/settings/siem/splunk/%ff/edit',
    '/settings/siem/splunk/undefined/edit',
    '/settings/siem/splunk/__proto__',
    '/settings/audit-log?q=%00',
    '/settings/audit-log?q=%ff%fe',
    '/settings/audit-log?q=%',
    '/settings/audit-log?event=%00',
    '/settings/audit-log?cursor=%00%ff',
    '/settings/audit-log?action=%00&actor=%00&result=%00&range=%00&from=%00&size=%00',
    `/settings/audit-log?q=${'a'.repeat(6_000)}`,
    `/settings/audit-log?${Array.from({ length: 500 }, (_, at) => `action=a${at}`).join('&')}`,
    '/settings/siem?added=%00&changed=__proto__',
    '/login?next=%00&error=%ff',
    '/login?next=a&next=b',
    '/%ff',
    '/%',
    '//',
    '/settings//audit-log',
    '/SETTINGS/AUDIT-LOG',
    '/api/%00',
    '/api/auth/%ff',
    '/api/auth/callback/%00?state=%00',
    '/api/auth/callback/google?state=%00&code=%ff&error=%00&iss=%00',
    `/api/auth/callback/oidc-00000000-0000-4000-8000-000000000000?state=${'a'.repeat(6_000)}`,
    '/api/auth/start?provider=google&organization=%00&next=%00',
    '/api/auth/start?provider=__proto__&purpose=%ff',
    '/login/%00',
    '/login/%ff',
    '/login/..%2f..%2fetc%2fpasswd',
    '/login?organization=%00&outcome=%00',
    '/settings/authentication?enabled=__proto__&disabled=%00',
    '/settings/authentication/oidc?outcome=%ff&saved=__proto__',
    '/account?outcome=%00',
    '/api/v1/%ff',
    '/api/v1/audit-events/%00',
    '/settings/api-keys/%00',
    '/settings/api-keys/__proto__/revoke',
    '/settings/api-keys?revoked=%00&revoked=a',
    '/_next/static/%00',
    '/_next/static/..%2f..%2f..%2fpackage.json',
  ];
  const failed: string[] = [];
  for (const path of paths) {
    const response = await adminPage.request.get(new URL(baseURL ?? '').origin + path, { maxRedirects: 0 });
    if (response.status() >= 500) failed.push(`${response.status()} ${path}`);
    expect(await response.text(), path).not.toMatch(/node_modules|ECONN|prisma/i);
  }
  expect(failed).toEqual([]);
});

test('headers and requests that no browser sends are answered, never with a 500', async ({
  request,
  baseURL,
}) => {
  const host = new URL(baseURL ?? '').host;
  const get = (rest: string) => `GET /login HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${rest}\r\n`;
  const insults: [string, string, (number | undefined)[]][] = [
    ['a cookie of 12 kB', get(`Cookie: a=${'b'.repeat(12_000)}\r\n`), [200]],
    ['cookies of 20 kB', get(`Cookie: a=${'b'.repeat(20_000)}\r\n`), [431]],
    [
      'a thousand cookies',
      get(`Cookie: ${Array.from({ length: 1000 }, (_, at) => `c${at}=1`).join('; ')}\r\n`),
      [200],
    ],
    ['raw bytes in a cookie', get('Cookie: theme=\xff\xfe; tz=%00%ff; a\r\n'), [200]],
    ['an address that is none', get('X-Forwarded-For: not-an-address, , 999.1.1.1\r\n'), [200]],
    [
      'a query of 15 kB',
      `GET /login?${'q'.repeat(15_000)} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      [200, 414, 431],
    ],
    ['no host', 'GET /login HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
    ['another host', 'GET /login HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', [200, 400]],
    [
      'an address with a host',
      `GET http://evil.example/login HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      [200, 400, 404],
    ],
    [
      'two lengths',
      `POST /login HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      [400],
    ],
    [
      'a length and chunks',
      `POST /login HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      [400],
    ],
    ['a method that echoes', `TRACE /login HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, [405]],
    ['no HTTP at all', 'hello\r\n\r\n', [400]],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', [400]],
  ];
  for (const [what, text, statuses] of insults) {
    const status = await sendRaw(baseURL ?? '', Buffer.from(text, 'latin1'));
    expect(statuses, `${what}: ${status}`).toContain(status);
    await expectServing(request, what);
  }
});

test('methods that an address does not have are refused, and change nothing', async ({
  request,
  query,
  baseURL,
  extraHTTPHeaders,
}) => {
  const refused: [string, string[], number[]][] = [
    ['/login', ['PUT', 'PATCH', 'DELETE', 'PROPFIND'], [405]],
    ['/api/v1/audit-events', ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'], [405]],
    ['/settings/siem', ['PUT', 'PATCH', 'DELETE'], [405]],
    ['/api/health', ['POST', 'PUT', 'DELETE', 'PATCH'], [403, 405]],
    ['/api/auth/csrf', ['PUT', 'DELETE', 'PATCH'], [405]],
    ['/api/auth/signout', ['POST', 'PUT'], [403, 404, 405]],
    ['/api/auth/start', ['POST', 'PUT', 'DELETE'], [405]],
    ['/api/auth/callback/google', ['POST', 'PUT', 'DELETE'], [403, 404, 405]],
    ['/api/siem/stream', ['GET', 'PUT', 'DELETE'], [405]],
    ['/api/nowhere', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], [404]],
  ];
  for (const [path, methods, statuses] of refused) {
    for (const method of methods) {
      const response = await request.fetch(path, {
        method,
        headers: { origin: baseURL ?? '' },
        maxRedirects: 0,
      });
      expect(statuses, `${method} ${path}: ${response.status()}`).toContain(response.status());
    }
    expect((await request.head(path, { maxRedirects: 0 })).status(), `HEAD ${path}`).toBeLessThan(500);
    expect((await request.fetch(path, { method: 'OPTIONS' })).status(), `OPTIONS ${path}`).toBeLessThan(500);
  }
  expect(await recordedFrom(query, extraHTTPHeaders)).toEqual([]);
});
