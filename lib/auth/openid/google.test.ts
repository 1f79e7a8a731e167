import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { currentActor } from '@/lib/auth/actor';
import { setOut } from '@/lib/auth/openid/start';
import { disableMethod, enableMethod } from '@/lib/authentication/switch-method';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { registered, startIdentityProvider } from '@/test/identity-provider';
import { createOrganization } from '@/test/organization';
import { browser, comeBackWith, goTo, invite, recordsOf, signInBrowser, visit } from '@/test/provider-visit';
import { receive } from '@/test/request';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const google = await startIdentityProvider();
// Before anything asks for the environment, which is parsed once.
Object.assign(process.env, {
  GOOGLE_CLIENT_ID: registered.clientId,
  GOOGLE_CLIENT_SECRET: registered.clientSecret,
  GOOGLE_ISSUER: google.issuer,
});
afterAll(() => google.close());

let serial = 0;
beforeEach(() => {
  receive(undefined, { forget: true });
  serial += 1;
  google.mischief = {};
  google.person = {
    sub: `g-${serial}`,
    email: `ben-${serial}@gmail.example`,
    email_verified: true,
    name: 'Ben',
  };
});

async function stage() {
  const source = await createOrganization();
  await db().user.update({ where: { id: source.actor.id ?? '' }, data: { passwordHash: 'x' } });
  await enableMethod(source, 'google');
  const way = { provider: 'google', organization: source.organization.slug };
  return { source, organizationId: source.organization.id, way };
}

test('brings in who is invited to this organization, with the role of the invitation', async () => {
  const { source, organizationId, way } = await stage();
  const uninvited = await visit(way);
  expect(uninvited.report).toMatchObject({ refusal: 'not_invited', provider: 'Google' });
  expect((await recordsOf(organizationId)).at(-1)).toMatchObject({
    action: 'user.login_failed',
    metadata: { method: 'google', reason: 'unknown_identity' },
  });

  const invitation = await invite(source, `ben-${serial}@gmail.example`, 'admin');
  // Somebody who owned that mailbox once still has it verified at Google, and is no admin for that.
  expect((await visit(way)).report).toMatchObject({ refusal: 'use_invitation' });
  google.person = { ...google.person, hd: 'gmail.example' };
  expect((await visit(way)).path).toBe('/');
  const actor = await currentActor();
  expect(actor).toMatchObject({ user: { role: 'admin' }, organization: { id: organizationId } });
  expect((await recordsOf(organizationId)).slice(-3)).toMatchObject([
    { action: 'organization.invitation.accept', targets: [{ id: invitation }] },
    { action: 'user.create', actor: { type: 'user' }, metadata: { role: 'admin', via: 'google' } },
    { action: 'user.login', metadata: { method: 'google' } },
  ]);
  // From now on the invitation does not matter.
  receive(undefined, { forget: true });
  await visit(way);
  expect((await currentActor())?.user.id).toBe(actor?.user.id);
});

test.each<[string, object]>([
  ['has run out', { expiresAt: new Date(0) }],
  ['was revoked', { revokedAt: new Date() }],
  ['was accepted', { acceptedAt: new Date() }],
])('an invitation that %s brings nobody in', async (_what, change) => {
  const { source, way } = await stage();
  const id = await invite(source, `ben-${serial}@gmail.example`, 'member');
  await db().invitation.update({ where: { id }, data: change });
  expect((await visit(way)).report).toMatchObject({ refusal: 'not_invited' });
});

test('an invitation of one organization opens no other', async () => {
  const { source } = await stage();
  const other = await stage();
  await invite(source, `ben-${serial}@gmail.example`, 'member');
  expect((await visit(other.way)).report).toMatchObject({ refusal: 'not_invited' });
});

test('an account is connected from within, and never found by its address', async () => {
  const { source, way } = await stage();
  google.person.email = source.actor.email;
  expect((await visit(way)).report).toMatchObject({ refusal: 'account_exists' });
  await signInBrowser(source.actor.id);
  expect((await visit({ provider: 'google', purpose: 'link' })).report?.refusal).toBeUndefined();
  receive(undefined, { forget: true });
  expect((await visit(way)).path).toBe('/');
  expect((await currentActor())?.user.id).toBe(source.actor.id);
});

test('signs nobody in where it is off, also if it was switched off on the way', async () => {
  const { source, organizationId, way } = await stage();
  const callback = await goTo(way);
  await disableMethod(source, 'google');
  expect((await comeBackWith(callback)).report).toMatchObject({ refusal: 'method_disabled' });
  const again = await setOut({ ...way, purpose: 'sign-in', next: '/' }, undefined, browser);
  expect(again).toMatch(/^\/login\/acme-.*outcome=/);
  const failures = (await recordsOf(organizationId)).filter(({ action }) => action === 'user.login_failed');
  expect(failures.map(({ metadata }) => metadata)).toEqual([
    { method: 'google', reason: 'method_disabled' },
    { method: 'google', reason: 'method_disabled' },
  ]);
});

test('belongs to no organization, so one must be named that exists', async () => {
  const start = (organization?: string) =>
    setOut({ provider: 'google', purpose: 'sign-in', next: '/', organization }, undefined, browser);
  expect(await start()).toBeUndefined();
  expect(await start('no-such-organization')).toBeUndefined();
});
