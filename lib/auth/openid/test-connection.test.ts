import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { currentActor } from '@/lib/auth/actor';
import { cookieName } from '@/lib/auth/cookies';
import { setOut } from '@/lib/auth/openid/start';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { type IdentityProvider, registered, startIdentityProvider } from '@/test/identity-provider';
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
import { cookieInJar, receive } from '@/test/request';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

let idp: IdentityProvider;
beforeAll(async () => {
  idp = await startIdentityProvider();
});
afterAll(() => idp.close());
beforeEach(() => {
  receive(undefined, { forget: true });
  idp.mischief = {};
  idp.person = { sub: 'u-1', email: 'alice@elsewhere.example', email_verified: true, name: 'Alice Fox' };
});

/** An admin who is signed in, and a connection that is not enabled yet. */
async function stage() {
  const source = await createOrganization();
  const provider = await connectProvider(source, idp, { domains: 'acme.example' });
  await db().oidcConnection.update({
    where: { organizationId: source.organization.id },
    data: { enabled: false, testedVersion: null },
  });
  await signInBrowser(source.actor.id);
  return { source, provider };
}

const row = (organizationId: string) => db().oidcConnection.findUniqueOrThrow({ where: { organizationId } });

test('shows the claims and proves the present settings, but makes nobody and signs nobody in', async () => {
  const { source, provider } = await stage();
  const cookie = cookieInJar(cookieName('session'))?.value;
  const sessions = await db().session.count();
  idp.mischief = { claims: { groups: ['staff'], department: 'IT' } };
  const { path, report } = await visit({ provider, purpose: 'test' });
  expect(path).toBe(`/settings/authentication/oidc?outcome=${report?.id}`);
  expect(report).toMatchObject({
    purpose: 'test',
    claims: {
      issuer: idp.issuer,
      subject: 'u-1',
      email: 'alice@elsewhere.example',
      emailVerified: true,
      name: 'Alice Fox',
      others: ['groups', 'department'],
    },
  });
  expect(report?.refusal).toBeUndefined();
  expect(cookieInJar(cookieName('session'))?.value).toBe(cookie);
  expect(await db().session.count()).toBe(sessions);
  expect(await db().user.count({ where: { organizationId: source.organization.id } })).toBe(1);
  expect(await row(source.organization.id)).toMatchObject({ testedVersion: 1, enabled: false });
  expect((await recordsOf(source.organization.id)).at(-1)).toMatchObject({
    action: 'organization.auth.oidc.test',
    outcome: 'success',
    targets: [{ type: 'identity_provider', id: provider.slice(5), name: 'Acme SSO' }],
  });
});

test('a failed one says what exactly did not fit, without the secret, and proves nothing', async () => {
  const { source, provider } = await stage();
  idp.mischief = { claims: { iss: `https://evil.example/${registered.clientSecret}` } };
  const { report } = await visit({ provider, purpose: 'test' });
  expect(report).toMatchObject({
    refusal: 'token_refused',
    detail: expect.stringContaining('unexpected iss value'),
  });
  expect(JSON.stringify(report)).not.toContain(registered.clientSecret);
  idp.mischief = { claims: { email_verified: false } };
  const unverified = await visit({ provider, purpose: 'test' });
  expect(unverified.report).toMatchObject({
    refusal: 'email_not_verified',
    claims: { email: 'alice@elsewhere.example', emailVerified: false },
  });
  expect(await row(source.organization.id)).toMatchObject({ testedVersion: null });
  expect((await recordsOf(source.organization.id)).slice(-2)).toMatchObject([
    { action: 'organization.auth.oidc.test', outcome: 'failure' },
    { action: 'organization.auth.oidc.test', outcome: 'failure' },
  ]);
});

test('a test with settings that changed on the way proves nothing about the present ones', async () => {
  const { source, provider } = await stage();
  const callback = await goTo({ provider, purpose: 'test' });
  await db().oidcConnection.update({
    where: { organizationId: source.organization.id },
    data: { version: { increment: 1 } },
  });
  expect((await comeBackWith(callback)).report).toMatchObject({ refusal: 'settings_changed' });
  expect(await row(source.organization.id)).toMatchObject({ testedVersion: null });
});

test('only an admin tests, and only the connection of their own organization', async () => {
  const other = await stage();
  const { source, provider } = await stage();
  const start = async (name: string) =>
    setOut({ provider: name, purpose: 'test', next: '/' }, await currentActor(), browser);
  expect(await start(other.provider)).toBeUndefined();
  expect(await start('google')).toBeUndefined();
  expect(await start('oidc-00000000-0000-4000-8000-000000000000')).toBeUndefined();
  await db().user.update({ where: { id: source.actor.id ?? '' }, data: { role: 'auditor' } });
  expect(await start(provider)).toBeUndefined();
  receive(undefined, { forget: true });
  expect(await start(provider)).toBeUndefined();
});

test('tests and links need a proof of identity that is not older than ten minutes', async () => {
  const { provider } = await stage();
  await db().$executeRaw`UPDATE session SET confirmed_at = now() - interval '10 minutes'`;
  const start = async (purpose: 'test' | 'link') =>
    setOut({ provider, purpose, next: '/' }, await currentActor(), browser);
  expect(await start('test')).toBe('/confirm?next=%2Fsettings%2Fauthentication%2Foidc');
  expect(await start('link')).toBe('/confirm?next=%2Faccount');
});

test('a member signs in only where the connection is enabled', async () => {
  const { source, provider } = await stage();
  receive(undefined, { forget: true });
  const path = await setOut({ provider, purpose: 'sign-in', next: '/' }, undefined, browser);
  expect(path).toMatch(new RegExp(`^/login/${source.organization.slug}\\?outcome=`));
  expect((await recordsOf(source.organization.id)).at(-1)).toMatchObject({
    action: 'user.login_failed',
    metadata: { method: 'oidc', reason: 'method_disabled' },
  });
});
