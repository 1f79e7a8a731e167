import { NextRequest } from 'next/server';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { GET, POST } from '@/app/api/auth/[...nextauth]/route';
import { cookieName } from '@/lib/auth/cookies';
import { hashPassword } from '@/lib/auth/password';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { plantCookie, receive } from '@/test/request';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const site = 'http://localhost:3000';
const password = 'violet harbour clockwork 9';
let email: string;

beforeAll(async () => {
  const { actor } = await createOrganization();
  email = actor.email ?? '';
  await db().user.update({ where: { email }, data: { passwordHash: await hashPassword(password) } });
});

beforeEach(() => receive(undefined, { forget: true }));

const route = (path: string) => ({ params: Promise.resolve({ nextauth: path.split('/') }) });
const get = (path: string) => GET(new NextRequest(`${site}/api/auth/${path}`), route(path));

function post(path: string, body: BodyInit, headers: Record<string, string> = {}) {
  const request = new NextRequest(`${site}/api/auth/${path}`, {
    method: 'POST',
    body,
    headers: { origin: site, ...headers },
  });
  return POST(request, route(path));
}

/** The double-submit token of next-auth, as its own client would fetch it. */
async function csrfToken(): Promise<string> {
  const response = await get('csrf');
  const [cookie = ''] = response.headers.getSetCookie().filter((line) => line.startsWith(cookieName('csrf')));
  plantCookie(cookieName('csrf'), decodeURIComponent(/=([^;]*)/.exec(cookie)?.[1] ?? ''));
  return (await response.json()).csrfToken;
}

function sessionCookie(response: Response): string | undefined {
  return response.headers.getSetCookie().find((line) => line.startsWith(`${cookieName('session')}=`));
}

test('signing in through next-auth’s own address works, and only leads to this site', async () => {
  const fields = { email, password, csrfToken: await csrfToken(), callbackUrl: 'https://evil.example' };
  const response = await post('callback/password', new URLSearchParams(fields));
  expect(sessionCookie(response)).toMatch(/HttpOnly; SameSite=Lax/);
  expect(response.headers.get('location')).toBe(`${site}/`);
  expect(await db().session.count()).toBe(1);
});

test('the id of the request in the record is ours, not one that the client sends', async () => {
  const sent = 'deadbeef-dead-dead-dead-deaddeadbeef';
  receive({ 'x-request-id': sent });
  await post('callback/password', new URLSearchParams({ email, password, csrfToken: await csrfToken() }));
  const { record } = await db().auditEvent.findFirstOrThrow({ orderBy: { seq: 'desc' } });
  const { action, context } = JSON.parse(record);
  expect(action).toBe('user.login');
  expect(context.request_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(context.request_id).not.toBe(sent);
});

test.each<[string, () => Promise<Response>, number]>([
  [
    'a foreign origin',
    async () =>
      post('callback/password', new URLSearchParams({ email, password, csrfToken: await csrfToken() }), {
        origin: 'https://evil.example',
      }),
    403,
  ],
  [
    'JSON',
    async () =>
      post('callback/password', JSON.stringify({ email, password, csrfToken: await csrfToken() }), {
        'content-type': 'application/json',
      }),
    415,
  ],
  [
    'text that passes for a form',
    () => post('callback/password', `email=${email}`, { 'content-type': 'text/plain' }),
    415,
  ],
  [
    'a password of 1 MB',
    () => post('callback/password', new URLSearchParams({ email, password: 'x'.repeat(1_000_000) })),
    413,
  ],
  [
    'a field sent twice',
    () =>
      post(
        'callback/password',
        new URLSearchParams([
          ['email', email],
          ['email', email],
          ['password', password],
        ]),
      ),
    400,
  ],
  ['next-auth’s session endpoint', () => post('session', new URLSearchParams({ role: 'admin' })), 404],
  ['next-auth’s sign-out', () => post('signout', new URLSearchParams()), 404],
  ['next-auth’s log', () => post('_log', new URLSearchParams({ level: 'constructor' })), 404],
  ['reading the session endpoint', () => get('session'), 404],
])('%s is refused and starts no session', async (_name, send, status) => {
  const before = await db().session.count();
  const response = await send();
  expect(response.status).toBe(status);
  expect(sessionCookie(response)).toBeUndefined();
  expect(await db().session.count()).toBe(before);
});

test.each([
  ['without the CSRF token', async () => ({ email, password })],
  ['with a CSRF token of another browser', async () => ({ email, password, csrfToken: 'a'.repeat(64) })],
  ['with a wrong password', async () => ({ email, password: 'wrong', csrfToken: await csrfToken() })],
  [
    'with a NUL in the address',
    async () => ({ email: `a\0${email}`, password, csrfToken: await csrfToken() }),
  ],
  [
    'with a password of 5 kB',
    async () => ({ email, password: 'x'.repeat(5_000), csrfToken: await csrfToken() }),
  ],
])('%s nobody is signed in', async (_name, fields) => {
  const response = await post('callback/password', new URLSearchParams(await fields()));
  expect(response.status).toBe(302);
  expect(sessionCookie(response)).toBeUndefined();
});
