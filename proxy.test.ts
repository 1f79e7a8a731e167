import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';
import { proxy } from '@/proxy';

const site = 'http://localhost:3000';

function ask(
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: BodyInit } = {},
) {
  return proxy(new NextRequest(site + path, init));
}

/** What Next hands on to the page. */
function passedOn(response: Response, name: string): string | null {
  return response.headers.get(`x-middleware-request-${name}`);
}

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  ask('/login', { method: 'POST', headers: { origin: site, ...headers }, body });

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

test('each page has a policy with a nonce of its own and no inline script', async () => {
  const [first, second] = await Promise.all([ask('/'), ask('/')]);
  const policy = first.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
  expect(policy).toContain(`script-src 'nonce-${nonce}' 'strict-dynamic';`);
  expect(policy).toContain(`style-src 'self' 'nonce-${nonce}';`);
  for (const rule of [
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `form-action 'self'`,
  ]) {
    expect(policy).toContain(rule);
  }
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(second.headers.get('content-security-policy')).not.toBe(policy);
  expect(first.headers.get('cache-control')).toBe('private, no-store');
  // http://localhost has no business with HSTS.
  expect(first.headers.get('strict-transport-security')).toBeNull();
});

test('what a client sends under our names is overwritten', async () => {
  const sent = {
    'x-nonce': 'mine',
    'x-request-id': 'mine',
    'x-tracekeep-path': '//evil',
    'x-forwarded-host': 'evil.example',
    'content-security-policy': `script-src 'nonce-mine'`,
  };
  const response = await ask('/account?x=1', { headers: sent });
  expect(passedOn(response, 'x-tracekeep-path')).toBe('/account?x=1');
  expect(passedOn(response, 'x-request-id')).toBe(response.headers.get('x-request-id'));
  expect(passedOn(response, 'x-nonce')).not.toBe('mine');
  expect(passedOn(response, 'content-security-policy')).toBe(response.headers.get('content-security-policy'));
  expect(passedOn(response, 'x-forwarded-host')).toBeNull();
});

test.each<[string, Promise<Response>, number]>([
  ['a page', ask('/login'), 200],
  ['a form of ours', post(form({ email: 'a' })), 200],
  ['another method', ask('/', { method: 'DELETE', headers: { origin: site } }), 405],
  ['a form of another site', post(form({ email: 'a' }), { origin: 'https://evil.example' }), 403],
  ['a form without an origin', ask('/login', { method: 'POST', body: form({ email: 'a' }) }), 403],
  ['a form of more than 1 MB', post(form({ email: 'a' }), { 'content-length': '1048577' }), 413],
  ['a form of more than 1 MB that does not say so', post(form({ email: 'a'.repeat(1_100_000) })), 413],
  ['a multipart body without boundary', post('x', { 'content-type': 'multipart/form-data' }), 400],
  ['a multipart body that is none', post('x', { 'content-type': 'multipart/form-data; boundary=b' }), 400],
  ['an action with damaged arguments', post(form({ '$ACTION_1:0': '{', email: 'a' })), 400],
  [
    'an action called with something else than a form',
    post('[]', { 'next-action': 'x', 'content-type': 'text/plain' }),
    400,
  ],
])('%s is answered with %d', async (_name, answer, status) => {
  const response = await answer;
  expect(response.status).toBe(status);
  expect(response.headers.get('content-security-policy')).toContain('nonce-');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  if (status === 413) expect(await response.text()).toContain('longer than 1 MB');
});
