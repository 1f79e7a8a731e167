import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { currentActor } from '@/lib/auth/actor';
import { cookieName } from '@/lib/auth/cookies';
import { deleteOidc } from '@/lib/authentication/delete-oidc';
import { oidcSettingsSchema } from '@/lib/authentication/oidc-settings';
import { getOidcConnection } from '@/lib/authentication/settings';
import { disableMethod } from '@/lib/authentication/switch-method';
import { updateOidc } from '@/lib/authentication/update-oidc';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { type IdentityProvider, startIdentityProvider } from '@/test/identity-provider';
import { createOrganization } from '@/test/organization';
import { comeBackWith, connectProvider, goTo, recordsOf, typedSettings, visit } from '@/test/provider-visit';
import { cookieInJar, plantCookie, receive } from '@/test/request';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

let idp: IdentityProvider;
beforeAll(async () => {
  idp = await startIdentityProvider();
});
afterAll(() => idp.close());

let serial = 0;
const email = () => `ben-${serial}@acme.example`;

/** A browser that knows nothing yet. */
const anotherBrowser = () => receive(undefined, { forget: true });

beforeEach(() => {
  anotherBrowser();
  serial += 1;
  idp.mischief = {};
  idp.person = { sub: `u-${serial}`, email: email(), email_verified: true, name: 'Ben Okafor' };
});

async function connected(changed: Parameters<typeof connectProvider>[2] = {}) {
  const source = await createOrganization();
  await db().user.update({
    where: { id: source.actor.id ?? '' },
    data: { passwordHash: 'of the break-glass admin' },
  });
  const provider = await connectProvider(source, idp, changed);
  return { source, organizationId: source.organization.id, provider };
}

const settings = (changed: Parameters<typeof connectProvider>[2]) =>
  oidcSettingsSchema.parse({ ...typedSettings(idp), ...changed });

async function remove(source: AuditSource): Promise<void> {
  const connection = await getOidcConnection(source.organization.id);
  await deleteOidc(source, connection?.id ?? '', connection?.name ?? '');
}

const countPeople = (organizationId: string) => db().user.count({ where: { organizationId } });

test('an answer is good once: the second time nobody waits for it', async () => {
  const { organizationId, provider } = await connected();
  const callback = await goTo({ provider });
  expect((await comeBackWith(callback)).path).toBe('/');
  const session = cookieInJar(cookieName('session'))?.value;
  const asked = idp.journal.length;
  const again = await comeBackWith(callback);
  expect(again.path).toBe(`/account?outcome=${again.report?.id}`);
  expect(again.report).toMatchObject({ refusal: 'start_again' });
  expect(cookieInJar(cookieName('session'))?.value).toBe(session);
  expect(idp.journal).toHaveLength(asked);
  expect((await recordsOf(organizationId)).at(-1)).toMatchObject({
    action: 'user.login_failed',
    metadata: { reason: 'provider_refused' },
  });
});

test('an answer opens nothing in another browser, which never went to the provider', async () => {
  const { provider } = await connected();
  const callback = await goTo({ provider });
  anotherBrowser();
  expect((await comeBackWith(callback)).report).toMatchObject({ refusal: 'start_again' });
  expect(await currentActor()).toBeUndefined();
});

test('an answer for the older of two tabs is refused, and the newer one still works', async () => {
  const { provider } = await connected();
  const older = await goTo({ provider });
  const newer = await goTo({ provider });
  expect((await comeBackWith(older)).report).toMatchObject({ refusal: 'start_again' });
  expect((await comeBackWith(newer)).path).toBe('/');
});

test('an answer of one provider is none of another', async () => {
  const { provider } = await connected();
  const other = await connected();
  const callback = await goTo({ provider });
  const swapped = new URL(callback);
  swapped.pathname = swapped.pathname.replace(provider, other.provider);
  expect((await comeBackWith(swapped)).report).toMatchObject({ refusal: 'start_again' });
  expect(await countPeople(other.organizationId)).toBe(1);
});

test('an answer needs every cookie of its sign-in, unchanged', async () => {
  const { provider } = await connected();
  for (const kind of ['intent', 'state', 'nonce', 'pkce'] as const) {
    const callback = await goTo({ provider });
    plantCookie(cookieName(kind), 'forged');
    expect((await comeBackWith(callback)).report, kind).toMatchObject({ refusal: 'start_again' });
    expect(await currentActor(), kind).toBeUndefined();
  }
});

test('an answer must say which provider it is from, where the provider always does', async () => {
  const { provider } = await connected();
  for (const iss of [undefined, 'https://evil.example']) {
    const callback = await goTo({ provider });
    if (iss === undefined) callback.searchParams.delete('iss');
    else callback.searchParams.set('iss', iss);
    expect((await comeBackWith(callback)).report).toMatchObject({ refusal: 'token_refused' });
  }
});

test('an answer that is an error is told in our words, with a little of the provider’s', async () => {
  const { provider } = await connected();
  const callback = await goTo({ provider });
  const said = `<b>No\u001b[2J</b>\u202e ${'x'.repeat(500)}`;
  callback.search = new URLSearchParams({
    state: callback.searchParams.get('state') ?? '',
    error: 'access_denied',
    error_description: said,
  }).toString();
  const { report } = await comeBackWith(callback);
  expect(report).toMatchObject({ refusal: 'provider_error' });
  expect(report?.said).toMatch(/^<b>No\[U\+001B\]\[2J<\/b>\[U\+202E\] x{100,}…$/);
  expect(report?.said?.length).toBeLessThanOrEqual(201);
  expect(idp.journal.at(-1)).toBe('/authorize');
});

test.each<[string, (source: AuditSource) => Promise<unknown>, string]>([
  ['disabled', (source) => disableMethod(source, 'oidc'), 'method_disabled'],
  ['changed', (source) => updateOidc(source, 1, settings({ role: 'auditor' })), 'settings_changed'],
  ['deleted', (source) => remove(source), 'start_again'],
])('an answer to a connection that was %s meanwhile lets nobody in', async (_what, change, refusal) => {
  const { source, organizationId, provider } = await connected();
  const callback = await goTo({ provider });
  await change(source);
  const asked = idp.journal.length;
  expect((await comeBackWith(callback)).report).toMatchObject({ refusal });
  expect(await currentActor()).toBeUndefined();
  expect(idp.journal).toHaveLength(asked);
  expect(await countPeople(organizationId)).toBe(1);
});

test('an answer for somebody whose account is deactivated says so, and is recorded with their name', async () => {
  const { organizationId, provider } = await connected();
  await visit({ provider });
  const id = (await currentActor())?.user.id ?? '';
  await db().user.update({ where: { id }, data: { status: 'deactivated' } });
  anotherBrowser();
  expect((await visit({ provider })).report).toMatchObject({ refusal: 'deactivated' });
  expect((await recordsOf(organizationId)).at(-1)).toMatchObject({
    targets: [{ id, name: 'Ben Okafor' }],
    metadata: { method: 'oidc', reason: 'deactivated' },
  });
});
