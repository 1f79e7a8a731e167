import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { withTransaction } from '@/lib/audit/transaction';
import { MethodDisabledError, type SignInMethod } from '@/lib/auth/methods';
import { findActor, startSession } from '@/lib/auth/session';
import { deleteOidc } from '@/lib/authentication/delete-oidc';
import { readAuthentication } from '@/lib/authentication/settings';
import { disableMethod, enableMethod } from '@/lib/authentication/switch-method';
import { db } from '@/lib/db/client';
import { lockOrganization } from '@/lib/organization/lock';
import { useDatabase } from '@/test/database';
import { type IdentityProvider, registered, startIdentityProvider } from '@/test/identity-provider';
import { createOrganization } from '@/test/organization';
import { addPerson, browser, connectProvider, recordsOf } from '@/test/provider-visit';

useDatabase();

// Before anything asks for the environment, which is parsed once.
Object.assign(process.env, {
  GOOGLE_CLIENT_ID: registered.clientId,
  GOOGLE_CLIENT_SECRET: registered.clientSecret,
});

let idp: IdentityProvider;
beforeAll(async () => {
  idp = await startIdentityProvider();
});
afterAll(() => idp.close());

type Stage = AuditSource & { organizationId: string; connectionId: string };

/** An organization with a connection that is on, and an admin who may have a password. */
async function stage({ password = true } = {}): Promise<Stage> {
  const source = await createOrganization();
  const organizationId = source.organization.id;
  const provider = await connectProvider(source, idp);
  const passwordHash = password ? 'of a password' : null;
  await db().user.update({ where: { id: source.actor.id ?? '' }, data: { passwordHash } });
  return { ...source, organizationId, connectionId: provider.slice('oidc-'.length) };
}

/** What happened since the connection was configured. */
async function events({ organizationId }: Stage, action?: string) {
  const records = (await recordsOf(organizationId)).slice(1);
  return records.filter((record) => record.action.startsWith(action ?? 'organization.'));
}

test('each method is switched on and off by an act of its own, which is recorded once', async () => {
  const source = await stage();
  for (const method of ['google', 'email', 'oidc'] as const) {
    await disableMethod(source, method);
    await disableMethod(source, method);
    await enableMethod(source, method);
    await enableMethod(source, method);
    await disableMethod(source, method);
    if (method === 'email') await enableMethod(source, method);
  }
  const on = { field: 'enabled', from: 'false', to: 'true' };
  const off = { field: 'enabled', from: 'true', to: 'false' };
  const event = (action: string, target: object, change: object) => ({
    action: `organization.auth.${action}`,
    outcome: 'success',
    actor: { type: 'user', name: 'Alice Fox' },
    targets: [target],
    changes: [change],
    metadata: {},
  });
  const google = { type: 'authentication_method', id: 'google', name: 'Google' };
  const email = { type: 'authentication_method', id: 'email', name: 'E-mail and password' };
  const oidc = { type: 'identity_provider', id: source.connectionId, name: 'Acme SSO' };
  expect(await events(source)).toMatchObject([
    event('google.enable', google, on),
    event('google.disable', google, off),
    event('email.disable', email, off),
    event('email.enable', email, on),
    event('email.disable', email, off),
    event('email.enable', email, on),
    event('oidc.disable', oidc, off),
    event('oidc.enable', oidc, on),
    event('oidc.disable', oidc, off),
  ]);
});

test('OIDC is enabled only with settings by which somebody came back from the provider', async () => {
  const source = await stage();
  await disableMethod(source, 'oidc');
  for (const testedVersion of [null, 0]) {
    await db().oidcConnection.update({ where: { id: source.connectionId }, data: { testedVersion } });
    await expect(enableMethod(source, 'oidc')).rejects.toThrow(
      'Nobody has signed in with the present settings',
    );
  }
  await db().oidcConnection.update({ where: { id: source.connectionId }, data: { testedVersion: 1 } });
  await enableMethod(source, 'oidc');
});

test('the last method for members stays on, also when two admins switch one off each at the same moment', async () => {
  const source = await stage();
  await disableMethod(source, 'email');
  await expect(disableMethod(source, 'oidc')).rejects.toThrow('This is the last way to sign in');
  await expect(deleteOidc(source, source.connectionId, 'Acme SSO')).rejects.toThrow(
    'This is the last way to sign in',
  );
  await enableMethod(source, 'email');

  for (let round = 0; round < 20; round += 1) {
    const results = await Promise.allSettled([disableMethod(source, 'email'), disableMethod(source, 'oidc')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { email, oidc } = await readAuthentication(source.organizationId);
    expect([email.enabled, oidc.enabled].filter(Boolean)).toHaveLength(1);
    await enableMethod(source, email.enabled ? 'oidc' : 'email');
  }
});

test('a method that every admin depends on stays on', async () => {
  const source = await stage({ password: false });
  await expect(disableMethod(source, 'oidc')).rejects.toThrow('no admin could sign in any more');
  const identity = { organizationId: source.organizationId, subject: 'a', email: 'a@acme.example' };
  const userId = source.actor.id ?? '';
  const connection = `oidc:${source.connectionId}`;
  await db().identity.create({
    data: { ...identity, id: userId, userId, connection, issuer: 'https://earlier.example' },
  });
  // What an earlier issuer said is no way in.
  await expect(disableMethod(source, 'email')).rejects.toThrow('no admin could sign in any more');
  await db().identity.update({ where: { id: userId }, data: { issuer: idp.issuer } });
  await disableMethod(source, 'email');
  await enableMethod(source, 'email');
  await expect(disableMethod(source, 'oidc')).rejects.toThrow('no admin could sign in any more');
});

test.each<SignInMethod>(['email', 'google', 'oidc'])(
  'switching %s off ends the sessions it began, but not who may still use it, nor who did it',
  async (method) => {
    const source = await stage();
    await enableMethod(source, 'google');
    const begin = async (role: 'admin' | 'member', by: SignInMethod) => {
      const id = await addPerson(source.organizationId, role);
      return startSession(id, by, browser, undefined, by === 'oidc' ? source.connectionId : undefined);
    };
    const [member, admin] = [await begin('member', method), await begin('admin', method)];
    const others = (['email', 'google', 'oidc'] as const).filter((other) => other !== method);
    const unaffected = await Promise.all(others.map((other) => begin('member', other)));
    const own = await begin('admin', method);
    const acting = {
      ...source,
      context: { ...source.context, session_id: (await findActor(own))?.sessionId },
    };

    await disableMethod(acting, method);
    expect(await findActor(member)).toBeUndefined();
    expect(await findActor(own)).toBeDefined();
    // E-mail is the way in that admins keep.
    expect((await findActor(admin)) !== undefined).toBe(method === 'email');
    for (const token of unaffected) expect(await findActor(token)).toBeDefined();
    const [event] = await events(source, `organization.auth.${method}.disable`);
    expect(event.changes).toContainEqual({
      field: 'sessions',
      from: method === 'email' ? '1' : '2',
      to: '0',
    });
  },
);

test('no session begins by a method that is off, also if it is switched off in the same moment', async () => {
  const source = await stage();
  const member = await addPerson(source.organizationId, 'member');
  let starting: Promise<unknown> = Promise.resolve();
  await withTransaction(async (tx) => {
    await lockOrganization(tx, source.organizationId);
    starting = startSession(member, 'email', browser).catch((error: unknown) => error);
    await expect
      .poll(async () => {
        const [waiting] = await tx.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return waiting?.count;
      })
      .toBe(1);
    await tx.signInPolicy.create({ data: { organizationId: source.organizationId, emailEnabled: false } });
  });
  expect(await starting).toBeInstanceOf(MethodDisabledError);
  expect(await db().session.count({ where: { userId: member } })).toBe(0);
  await startSession(await addPerson(source.organizationId, 'admin'), 'email', browser);
  await expect(startSession(member, 'google', browser)).rejects.toThrow(MethodDisabledError);
  const foreign = (await stage()).connectionId;
  await expect(startSession(member, 'oidc', browser, undefined, foreign)).rejects.toThrow(
    MethodDisabledError,
  );
});

test('deleting a connection ends its sessions and identities, records both acts, and the next one is another', async () => {
  const source = await stage();
  const member = await addPerson(source.organizationId, 'member');
  const token = await startSession(member, 'oidc', browser, undefined, source.connectionId);
  await db().identity.create({
    data: {
      id: member,
      organizationId: source.organizationId,
      userId: member,
      connection: `oidc:${source.connectionId}`,
      issuer: idp.issuer,
      subject: 'a',
      email: 'a@acme.example',
    },
  });
  await expect(deleteOidc(source, source.connectionId, 'acme sso')).rejects.toMatchObject({
    field: 'confirmation',
  });
  await deleteOidc(source, source.connectionId, ' Acme SSO ');
  await deleteOidc(source, source.connectionId, 'Acme SSO');
  expect(await findActor(token)).toBeUndefined();
  expect(await db().identity.count({ where: { userId: member } })).toBe(0);
  const target = [{ type: 'identity_provider', id: source.connectionId, name: 'Acme SSO' }];
  expect(await events(source)).toMatchObject([
    { action: 'organization.auth.oidc.disable', targets: target },
    { action: 'organization.auth.oidc.delete', targets: target },
  ]);
  expect((await connectProvider(source, idp)).slice('oidc-'.length)).not.toBe(source.connectionId);
});

test('the page says who depends on a method, before anybody switches it off', async () => {
  const source = await stage();
  await addPerson(source.organizationId, 'member');
  await addPerson(source.organizationId, 'member');
  expect(await readAuthentication(source.organizationId)).toMatchObject({
    email: { enabled: true, dependents: 2 },
    google: { enabled: false, configured: true, dependents: 0 },
    oidc: { enabled: true, dependents: 0, connection: { tested: true } },
    activePeople: 3,
  });
});
