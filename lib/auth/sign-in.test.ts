import { hash } from '@node-rs/argon2';
import { encode } from 'next-auth/jwt';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { currentActor } from '@/lib/auth/actor';
import { cookieName } from '@/lib/auth/cookies';
import { hashPassword } from '@/lib/auth/password';
import { requestContext } from '@/lib/auth/request-context';
import { nextAuthSecret, readSessionToken } from '@/lib/auth/session-token';
import { signIn } from '@/lib/auth/sign-in';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { cookieInJar, plantCookie, receive } from '@/test/request';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const password = 'violet harbour clockwork 9';
let email: string;
let userId: string;

beforeAll(async () => {
  const { actor } = await createOrganization();
  email = actor.email ?? '';
  userId = actor.id ?? '';
  await db().user.update({ where: { id: userId }, data: { passwordHash: await hashPassword(password) } });
});

beforeEach(() => receive(undefined, { forget: true }));

async function attempt(credentials: { email: string; password: string }) {
  return signIn(credentials, await requestContext());
}

async function lastEvent(organizationId?: string) {
  const row = await db().auditEvent.findFirstOrThrow({
    where: organizationId === undefined ? {} : { organizationId },
    orderBy: { seq: 'desc' },
  });
  return JSON.parse(row.record);
}

/** A minute instead of a second, so that a slow machine does not outlast it. */
async function prolongBlocks(): Promise<void> {
  await db()
    .$executeRaw`UPDATE rate_limit SET blocked_till = now() + interval '1 minute' WHERE blocked_till IS NOT NULL`;
}

test('the right password gives the browser one encrypted cookie that holds only the session’s id', async () => {
  expect(await attempt({ email, password })).toBeUndefined();
  const cookie = cookieInJar(cookieName('session'));
  expect(cookie).toMatchObject({ httpOnly: true, path: '/', sameSite: 'lax' });
  expect(cookie?.value.length).toBeLessThan(1_024);
  expect(await readSessionToken()).toMatch(/^[\w-]{43}$/);
  expect(await currentActor()).toMatchObject({ user: { id: userId, email, role: 'admin' } });
  expect(await lastEvent()).toMatchObject({ action: 'user.login', context: { ip: '203.0.113.24' } });
});

test.each([
  ['a wrong password', () => ({ email, password: 'not the password' }), 'wrong_password'],
  ['an unknown account', () => ({ email: 'nobody@acme.example', password }), 'unknown_account'],
])('%s gives nothing, the same refusal, and a recorded failure', async (_name, credentials, reason) => {
  expect(await attempt(credentials())).toEqual({ reason: 'refused' });
  expect(cookieInJar(cookieName('session'))).toBeUndefined();
  const event = await lastEvent();
  expect(event).toMatchObject({
    action: 'user.login_failed',
    outcome: 'failure',
    actor: { type: 'anonymous' },
    metadata: { method: 'email', reason },
  });
  expect(JSON.stringify(event)).not.toContain('not the password');
});

test('a deactivated person is refused with the right password, in the same words', async () => {
  await db().user.update({ where: { id: userId }, data: { status: 'deactivated' } });
  expect(await attempt({ email, password })).toEqual({ reason: 'refused' });
  expect(await lastEvent()).toMatchObject({ metadata: { reason: 'deactivated' } });
  await db().user.update({ where: { id: userId }, data: { status: 'active' } });
});

test('an account without a password is refused like any other', async () => {
  const { actor } = await createOrganization();
  expect(await attempt({ email: actor.email ?? '', password })).toEqual({ reason: 'refused' });
});

test('too many failures are told with the time to wait, and recorded once, not once per attempt', async () => {
  receive({ 'x-tracekeep-peer': '198.51.100.77' }, { forget: true });
  for (let failed = 0; failed < 5; failed += 1)
    await attempt({ email: 'other@acme.example', password: 'wrong' });
  await prolongBlocks();
  const before = await db().auditEvent.count();
  for (let refused = 0; refused < 4; refused += 1) {
    expect(await attempt({ email: 'other@acme.example', password: 'wrong' })).toEqual({
      reason: 'throttled',
      retryAfterSeconds: expect.closeTo(60, -1),
    });
  }
  expect((await db().auditEvent.count()) - before).toBeLessThanOrEqual(1);
});

test('an IPv6 customer who changes the address for each attempt does not get an event for each', async () => {
  const attemptFrom = (host: number) => {
    receive({ 'x-tracekeep-peer': `2001:db8:1:2::${host}` }, { forget: true });
    return attempt({ email: 'third@acme.example', password: 'wrong' });
  };
  for (let host = 1; host <= 5; host += 1) await attemptFrom(host);
  await prolongBlocks();
  const before = await db().auditEvent.count();
  for (let host = 6; host <= 9; host += 1)
    expect(await attemptFrom(host)).toMatchObject({ reason: 'throttled' });
  expect((await db().auditEvent.count()) - before).toBeLessThanOrEqual(1);
});

test('a hash below today’s policy is replaced at sign-in', async () => {
  const weak = await hash(password, { memoryCost: 8_192, timeCost: 1 });
  await db().user.update({ where: { id: userId }, data: { passwordHash: weak } });
  expect(await attempt({ email, password })).toBeUndefined();
  const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: userId } });
  expect(passwordHash).toContain('m=19456,t=2,p=1');
});

test('a cookie that somebody planted before is not the session afterwards', async () => {
  plantCookie(cookieName('session'), 'planted');
  plantCookie(cookieName('csrf'), 'planted');
  plantCookie(cookieName('callback'), '%%%');
  expect(await attempt({ email, password })).toBeUndefined();
  expect(cookieInJar(cookieName('session'))?.value).not.toBe('planted');
  expect(await currentActor()).toBeDefined();
});

test.each([
  ['garbage', () => 'garbage'],
  ['4 kB of it', () => 'a'.repeat(4_096)],
  [
    'a token of another shape',
    () => encode({ token: { sub: userId, role: 'admin' }, secret: nextAuthSecret() }),
  ],
  ['a session that never was', () => encode({ token: { sid: 'x'.repeat(43) }, secret: nextAuthSecret() })],
  ['a token under another key', () => encode({ token: { sid: 'x'.repeat(43) }, secret: 'another secret' })],
])('%s in the cookie is nobody', async (_name, forge) => {
  plantCookie(cookieName('session'), await forge());
  expect(await currentActor()).toBeUndefined();
});

test('look-alike cookies such as …-session.1 are not read', async () => {
  expect(await attempt({ email, password })).toBeUndefined();
  plantCookie(`${cookieName('session')}.1`, 'tail');
  expect(await currentActor()).toBeDefined();
});

test('where e-mail is off, a member’s right password is refused like a wrong one; admins keep it', async () => {
  const { organization, actor } = await createOrganization();
  const organizationId = organization.id;
  const passwordHash = await hashPassword(password);
  await db().signInPolicy.create({ data: { organizationId, emailEnabled: false } });
  await db().user.update({ where: { id: actor.id ?? '' }, data: { passwordHash, role: 'member' } });
  const credentials = { email: actor.email ?? '', password };
  expect(await attempt(credentials)).toEqual({ reason: 'refused' });
  expect(cookieInJar(cookieName('session'))).toBeUndefined();
  expect(await lastEvent(organizationId)).toMatchObject({
    action: 'user.login_failed',
    targets: [{ id: actor.id }],
    metadata: { method: 'email', reason: 'method_disabled' },
  });
  await db().user.update({ where: { id: actor.id ?? '' }, data: { role: 'admin' } });
  expect(await attempt(credentials)).toBeUndefined();
});
