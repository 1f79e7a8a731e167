import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { currentActor } from '@/lib/auth/actor';
import { cookieName } from '@/lib/auth/cookies';
import { admit } from '@/lib/auth/openid/admit';
import { loadConnection } from '@/lib/auth/openid/connection';
import { parseProvider } from '@/lib/auth/openid/provider-ref';
import { deleteOidc } from '@/lib/authentication/delete-oidc';
import { oidcSettingsSchema } from '@/lib/authentication/oidc-settings';
import { getOidcConnection } from '@/lib/authentication/settings';
import { disableMethod } from '@/lib/authentication/switch-method';
import { updateOidc } from '@/lib/authentication/update-oidc';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { type IdentityProvider, startIdentityProvider } from '@/test/identity-provider';
import { createOrganization } from '@/test/organization';
import {
  browser,
  comeBackWith,
  connectProvider,
  goTo,
  invite,
  recordsOf,
  typedSettings,
  visit,
} from '@/test/provider-visit';
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

describe('somebody new', () => {
  test('joins with the connection’s role, and is recognized the next time by subject alone', async () => {
    const { organizationId, provider } = await connected({ role: 'auditor' });
    const { path } = await visit({ provider, next: '/settings/audit-log?result=failure' });
    expect(path).toBe('/settings/audit-log?result=failure');
    const actor = await currentActor();
    const id = actor?.user.id ?? '';
    expect(actor).toMatchObject({
      user: { name: 'Ben Okafor', email: email(), role: 'auditor' },
      organization: { id: organizationId },
    });
    expect((await recordsOf(organizationId)).slice(1)).toMatchObject([
      {
        action: 'user.create',
        actor: { type: 'system', name: 'Acme SSO' },
        targets: [{ type: 'user', id, name: 'Ben Okafor' }],
        metadata: { role: 'auditor', via: 'oidc' },
      },
      { action: 'user.login', actor: { type: 'user', id }, metadata: { method: 'oidc' } },
    ]);
    const connectionId = provider.slice('oidc-'.length);
    expect(await db().session.findFirst({ where: { userId: id } })).toMatchObject({
      method: 'oidc',
      connectionId,
    });

    // The provider may call them what it likes: they stay who they are.
    anotherBrowser();
    idp.person.email = `renamed-${serial}@acme.example`;
    await visit({ provider });
    expect((await currentActor())?.user).toMatchObject({ id, email: email() });
    expect(await db().identity.findMany({ where: { userId: id } })).toMatchObject([
      {
        connection: `oidc:${connectionId}`,
        issuer: idp.issuer,
        subject: `u-${serial}`,
        email: idp.person.email,
      },
    ]);
  });

  test('who comes twice at once gets one account', async () => {
    const { organizationId, provider } = await connected();
    const ref = parseProvider(provider);
    const connection = ref && (await loadConnection(ref));
    if (!connection) throw new Error('not connected');
    const claims = {
      issuer: idp.issuer,
      subject: 'twin',
      email: email(),
      emailVerified: true,
      name: undefined,
      hostedDomain: undefined,
      others: [],
    };
    const tokens = await Promise.all(
      [1, 2, 3].map(() => admit(connection, claims, { request: browser, previousToken: undefined })),
    );
    expect(new Set(tokens).size).toBe(3);
    expect(await countPeople(organizationId)).toBe(2);
  });

  test('never gets an account that exists, whoever the provider says they are', async () => {
    const { source, organizationId, provider } = await connected();
    idp.person.email = source.actor.email;
    const { report } = await visit({ provider });
    expect(report).toMatchObject({ refusal: 'account_exists', email: source.actor.email });
    expect(await currentActor()).toBeUndefined();
    expect((await recordsOf(organizationId)).at(-1)).toMatchObject({
      action: 'user.login_failed',
      targets: [{ id: source.actor.id }],
      metadata: { method: 'oidc', reason: 'unknown_identity' },
    });

    // An account of another organization is refused in the same words, and nothing of it is recorded here.
    const stranger = await createOrganization('Globex');
    anotherBrowser();
    idp.person.email = stranger.actor.email;
    expect((await visit({ provider })).report).toMatchObject({ refusal: 'account_exists' });
    const last = (await recordsOf(organizationId)).at(-1);
    expect(last.targets).toEqual([{ type: 'user', name: stranger.actor.email }]);
    expect(await db().identity.count({ where: { organizationId } })).toBe(0);
  });

  test.each(['member', 'auditor', 'admin'] as const)('who was invited as %s', async (role) => {
    const { source, organizationId, provider } = await connected();
    const invitation = await invite(source, email(), role);
    const { report } = await visit({ provider });
    const log = await recordsOf(organizationId);
    if (role === 'admin') {
      // A provider of the organization's own makes no admin, neither by its role nor by naming an invited one.
      expect(report).toMatchObject({ refusal: 'use_invitation' });
      expect(await countPeople(organizationId)).toBe(1);
      return;
    }
    const id = (await currentActor())?.user.id;
    expect((await currentActor())?.user.role).toBe(role);
    expect(log.slice(1)).toMatchObject([
      { action: 'user.create', metadata: { role, via: 'oidc' } },
      {
        action: 'organization.invitation.accept',
        actor: { type: 'user', id },
        targets: [{ type: 'invitation', id: invitation, name: email() }],
        metadata: { role },
      },
      { action: 'user.login' },
    ]);
    expect(await db().invitation.findUnique({ where: { id: invitation } })).toMatchObject({
      acceptedAt: expect.any(Date),
    });
  });
});

describe('an answer', () => {
  test('is good once: the second time nobody waits for it', async () => {
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

  test('opens nothing in another browser, which never went to the provider', async () => {
    const { provider } = await connected();
    const callback = await goTo({ provider });
    anotherBrowser();
    expect((await comeBackWith(callback)).report).toMatchObject({ refusal: 'start_again' });
    expect(await currentActor()).toBeUndefined();
  });

  test('for the older of two tabs is refused, and the newer one still works', async () => {
    const { provider } = await connected();
    const older = await goTo({ provider });
    const newer = await goTo({ provider });
    expect((await comeBackWith(older)).report).toMatchObject({ refusal: 'start_again' });
    expect((await comeBackWith(newer)).path).toBe('/');
  });

  test('of one provider is none of another', async () => {
    const { provider } = await connected();
    const other = await connected();
    const callback = await goTo({ provider });
    const swapped = new URL(callback);
    swapped.pathname = swapped.pathname.replace(provider, other.provider);
    expect((await comeBackWith(swapped)).report).toMatchObject({ refusal: 'start_again' });
    expect(await countPeople(other.organizationId)).toBe(1);
  });

  test('needs every cookie of its sign-in, unchanged', async () => {
    const { provider } = await connected();
    for (const kind of ['intent', 'state', 'nonce', 'pkce'] as const) {
      const callback = await goTo({ provider });
      plantCookie(cookieName(kind), 'forged');
      expect((await comeBackWith(callback)).report, kind).toMatchObject({ refusal: 'start_again' });
      expect(await currentActor(), kind).toBeUndefined();
    }
  });

  test('must say which provider it is from, where the provider always does', async () => {
    const { provider } = await connected();
    for (const iss of [undefined, 'https://evil.example']) {
      const callback = await goTo({ provider });
      if (iss === undefined) callback.searchParams.delete('iss');
      else callback.searchParams.set('iss', iss);
      expect((await comeBackWith(callback)).report).toMatchObject({ refusal: 'token_refused' });
    }
  });

  test('that is an error is told in our words, with a little of the provider’s', async () => {
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
  ])('to a connection that was %s meanwhile lets nobody in', async (_what, change, refusal) => {
    const { source, organizationId, provider } = await connected();
    const callback = await goTo({ provider });
    await change(source);
    const asked = idp.journal.length;
    expect((await comeBackWith(callback)).report).toMatchObject({ refusal });
    expect(await currentActor()).toBeUndefined();
    expect(idp.journal).toHaveLength(asked);
    expect(await countPeople(organizationId)).toBe(1);
  });

  test('for somebody whose account is deactivated says so, and is recorded with their name', async () => {
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
});
