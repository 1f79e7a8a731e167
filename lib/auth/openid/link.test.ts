import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { currentActor } from '@/lib/auth/actor';
import { cookieName } from '@/lib/auth/cookies';
import { listOwnProviders, unlinkIdentity } from '@/lib/auth/openid/identities';
import { findActor, startSession } from '@/lib/auth/session';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { type IdentityProvider, startIdentityProvider } from '@/test/identity-provider';
import { createOrganization } from '@/test/organization';
import {
  browser,
  comeBackWith,
  connectProvider,
  goTo,
  recordsOf,
  signInBrowser,
  visit,
} from '@/test/provider-visit';
import { plantCookie, receive } from '@/test/request';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

let idp: IdentityProvider;
beforeAll(async () => {
  idp = await startIdentityProvider();
});
afterAll(() => idp.close());

let serial = 0;
const anotherBrowser = () => receive(undefined, { forget: true });

beforeEach(() => {
  anotherBrowser();
  serial += 1;
  idp.mischief = {};
  idp.person = {
    sub: `u-${serial}`,
    email: `ben-${serial}@acme.example`,
    email_verified: true,
    name: 'Ben Okafor',
  };
});

/** The organization's admin, signed in with a password, and the provider beside it. */
async function stage() {
  const source = await createOrganization();
  const provider = await connectProvider(source, idp);
  await db().user.update({ where: { id: source.actor.id ?? '' }, data: { passwordHash: 'x' } });
  return { source, provider, token: await signInBrowser(source.actor.id) };
}

async function me() {
  const actor = await currentActor();
  if (!actor) throw new Error('nobody is signed in');
  return actor;
}

test('an account is connected from within, whatever address the provider names; then the provider opens it', async () => {
  const { source, provider } = await stage();
  const userId = source.actor.id ?? '';
  const { path, report } = await visit({ provider, purpose: 'link' });
  expect(path).toBe(`/account?outcome=${report?.id}`);
  expect(report).toMatchObject({ purpose: 'link', provider: 'Acme SSO' });
  expect(report?.refusal).toBeUndefined();
  expect((await recordsOf(source.organization.id)).at(-1)).toMatchObject({
    action: 'user.identity.link',
    outcome: 'success',
    actor: { type: 'user', id: userId },
    targets: [{ type: 'user', id: userId }],
    metadata: { method: 'oidc', issuer: idp.issuer },
  });
  expect(await listOwnProviders(await me())).toMatchObject([
    { provider, name: 'Acme SSO', identity: { email: `ben-${serial}@acme.example` } },
  ]);

  // A second time there is nothing to do and nothing to record.
  const before = (await recordsOf(source.organization.id)).length;
  await visit({ provider, purpose: 'link' });
  expect(await recordsOf(source.organization.id)).toHaveLength(before);

  anotherBrowser();
  expect((await visit({ provider })).path).toBe('/');
  expect((await me()).user.id).toBe(userId);
});

test('a link begun by one session is not finished by another, nor by nobody', async () => {
  const { source, provider } = await stage();
  const callback = await goTo({ provider, purpose: 'link' });
  await signInBrowser(source.actor.id);
  expect((await comeBackWith(callback)).report).toMatchObject({ refusal: 'session_changed' });
  const another = await goTo({ provider, purpose: 'link' });
  plantCookie(cookieName('session'), 'nobody');
  expect((await comeBackWith(another)).report).toMatchObject({ refusal: 'session_changed' });
  expect(await db().identity.count({ where: { organizationId: source.organization.id } })).toBe(0);
});

test('a person of the provider belongs to one account, and an account to one person of it', async () => {
  const { source, provider } = await stage();
  await visit({ provider, purpose: 'link' });
  idp.person = { ...idp.person, sub: `other-${serial}` };
  expect((await visit({ provider, purpose: 'link' })).report).toMatchObject({ refusal: 'connected_already' });

  idp.person = { ...idp.person, sub: `third-${serial}`, email: `mira-${serial}@acme.example` };
  anotherBrowser();
  await visit({ provider });
  idp.person = { ...idp.person, sub: `u-${serial}` };
  expect((await visit({ provider, purpose: 'link' })).report).toMatchObject({ refusal: 'identity_taken' });
  expect((await recordsOf(source.organization.id)).at(-1)).toMatchObject({
    action: 'user.identity.link',
    outcome: 'failure',
  });
});

test('an identity from an earlier issuer of the connection means nothing, and is replaced', async () => {
  const { source, provider } = await stage();
  await visit({ provider, purpose: 'link' });
  await db().identity.updateMany({
    where: { userId: source.actor.id ?? '' },
    data: { issuer: 'https://earlier.example' },
  });
  expect(await listOwnProviders(await me())).toMatchObject([{ identity: undefined }]);
  expect((await visit({ provider, purpose: 'link' })).report?.refusal).toBeUndefined();
  expect(await db().identity.findMany({ where: { userId: source.actor.id ?? '' } })).toMatchObject([
    { issuer: idp.issuer },
  ]);
});

test('disconnecting is recorded, ends the other sessions through the provider, and closes that way', async () => {
  const { source, provider, token } = await stage();
  await visit({ provider, purpose: 'link' });
  const actor = await me();
  const through = await startSession(actor.user.id, 'oidc', browser, undefined, provider.slice(5));
  const [own] = await listOwnProviders(actor);
  await unlinkIdentity(actor, own?.identity?.id ?? '', browser);
  expect(await findActor(token)).toBeDefined();
  expect(await findActor(through)).toBeUndefined();
  expect((await recordsOf(source.organization.id)).at(-1)).toMatchObject({
    action: 'user.identity.unlink',
    metadata: { method: 'oidc', issuer: idp.issuer },
  });
  anotherBrowser();
  idp.person.email = source.actor.email;
  expect((await visit({ provider })).report).toMatchObject({ refusal: 'account_exists' });
});

test('nobody disconnects their only way in, or somebody else’s', async () => {
  const { source, provider } = await stage();
  await visit({ provider, purpose: 'link' });
  const admin = await me();
  const [own] = await listOwnProviders(admin);
  const id = own?.identity?.id ?? '';

  await db().user.update({ where: { id: admin.user.id }, data: { passwordHash: null } });
  await expect(unlinkIdentity(admin, id, browser)).rejects.toThrow('only way to sign in');
  // A password is no way in for a member whose organization has switched e-mail off.
  await db().user.update({ where: { id: admin.user.id }, data: { passwordHash: 'x', role: 'member' } });
  await db().signInPolicy.create({ data: { organizationId: source.organization.id, emailEnabled: false } });
  await expect(unlinkIdentity(admin, id, browser)).rejects.toThrow('only way to sign in');

  await stage();
  await unlinkIdentity(await me(), id, browser);
  expect(await db().identity.count({ where: { id } })).toBe(1);
});
