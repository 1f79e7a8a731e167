import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { currentActor } from '@/lib/auth/actor';
import { admit } from '@/lib/auth/openid/admit';
import { loadConnection } from '@/lib/auth/openid/connection';
import { parseProvider } from '@/lib/auth/openid/provider-ref';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { type IdentityProvider, startIdentityProvider } from '@/test/identity-provider';
import { createOrganization } from '@/test/organization';
import { browser, connectProvider, invite, recordsOf, visit } from '@/test/provider-visit';
import { receive } from '@/test/request';

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

const countPeople = (organizationId: string) => db().user.count({ where: { organizationId } });

test('somebody new joins with the connection’s role, and is recognized the next time by subject alone', async () => {
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

test('somebody new joins also where the provider says who they are at its userinfo endpoint, of the same subject only', async () => {
  idp.mischief = { userinfo: idp.person };
  const { provider } = await connected();
  expect((await visit({ provider })).path).toBe('/');
  expect(await currentActor()).toMatchObject({ user: { email: email(), name: 'Ben Okafor' } });
  anotherBrowser();
  idp.mischief = { userinfo: { ...idp.person, sub: 'somebody-else' } };
  expect((await visit({ provider })).report).toMatchObject({ refusal: 'token_refused' });
  idp.mischief = { userinfo: { ...idp.person, email_verified: 'true' } };
  expect((await visit({ provider })).report).toMatchObject({ refusal: 'email_not_verified' });
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

test('somebody new never gets an account that exists, whoever the provider says they are', async () => {
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
    {
      action: 'organization.invitation.accept',
      actor: { type: 'user', id },
      targets: [{ type: 'invitation', id: invitation, name: email() }],
      metadata: { role },
    },
    { action: 'user.create', actor: { type: 'user', id }, metadata: { role, via: 'oidc' } },
    { action: 'user.login' },
  ]);
  expect(await db().invitation.findUnique({ where: { id: invitation } })).toMatchObject({
    acceptedAt: expect.any(Date),
  });
});
