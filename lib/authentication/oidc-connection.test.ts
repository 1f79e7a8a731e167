import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { openClientSecret } from '@/lib/auth/openid/client-secret';
import { findActor, startSession } from '@/lib/auth/session';
import { configureOidc } from '@/lib/authentication/configure-oidc';
import { deleteOidc } from '@/lib/authentication/delete-oidc';
import { oidcSettingsSchema } from '@/lib/authentication/oidc-settings';
import { getOidcConnection, oidcRedirectUri } from '@/lib/authentication/settings';
import { disableMethod, enableMethod } from '@/lib/authentication/switch-method';
import { updateOidc } from '@/lib/authentication/update-oidc';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { type IdentityProvider, registered, startIdentityProvider } from '@/test/identity-provider';
import { createOrganization } from '@/test/organization';
import { addPerson, browser, connectProvider, recordsOf, typedSettings } from '@/test/provider-visit';

useDatabase();

let idp: IdentityProvider;
let second: IdentityProvider;
beforeAll(async () => {
  [idp, second] = await Promise.all([startIdentityProvider(), startIdentityProvider()]);
});
afterAll(async () => {
  await idp.close();
  await second.close();
});
beforeEach(() => {
  idp.mischief = {};
});

const settings = (changed: Partial<ReturnType<typeof typedSettings>> = {}) =>
  oidcSettingsSchema.parse({ ...typedSettings(idp), ...changed });

async function stage(): Promise<AuditSource & { organizationId: string }> {
  const source = await createOrganization();
  return { ...source, organizationId: source.organization.id };
}

const row = (organizationId: string) => db().oidcConnection.findUniqueOrThrow({ where: { organizationId } });
const actions = async (organizationId: string) =>
  (await recordsOf(organizationId)).map(({ action }) => action);

describe('configuring', () => {
  test('stores the secret sealed for this row, and the endpoints of this moment; nobody can sign in yet', async () => {
    const source = await stage();
    const announced = await oidcRedirectUri(source.organizationId);
    const { id } = await configureOidc(source, settings({ domains: '@Acme.example, bücher.example' }));
    expect(announced).toBe(`http://localhost:3000/api/auth/callback/oidc-${id}`);
    expect(await oidcRedirectUri(source.organizationId)).toBe(announced);
    const stored = await row(source.organizationId);
    expect(stored).toMatchObject({
      issuer: idp.issuer,
      clientSecretLast4: registered.clientSecret.slice(-4),
      allowedDomains: ['acme.example', 'xn--bcher-kva.example'],
      enabled: false,
      version: 1,
      testedVersion: null,
      endpoints: { token: `${idp.issuer}/token`, signingAlgorithm: 'RS256' },
    });
    expect(openClientSecret(id, stored.clientSecretSealed)).toBe(registered.clientSecret);
    expect(openClientSecret(randomUUID(), stored.clientSecretSealed)).toBeUndefined();

    const [event] = await recordsOf(source.organizationId);
    expect(event).toMatchObject({
      action: 'organization.auth.oidc.configure',
      targets: [{ type: 'identity_provider', id, name: 'Acme SSO' }],
      metadata: { issuer: idp.issuer, client_id: registered.clientId },
    });
    expect(event.changes).toContainEqual({ field: 'client_secret' });
    expect(event.changes).toContainEqual({
      field: 'allowed_domains',
      to: 'acme.example xn--bcher-kva.example',
    });
    const seen = JSON.stringify([stored, event, await getOidcConnection(source.organizationId)]);
    expect(seen).not.toContain(registered.clientSecret);
  });

  test('is refused, and stores nothing, where the provider lacks something or there is a connection', async () => {
    const source = await stage();
    idp.mischief = { document: { issuer: 'https://accounts.google.com' } };
    await expect(configureOidc(source, settings())).rejects.toMatchObject({
      field: 'issuer',
      message: expect.stringContaining('https://accounts.google.com'),
    });
    idp.mischief = {};
    await expect(configureOidc(source, settings({ clientSecret: ' ' }))).rejects.toMatchObject({
      field: 'clientSecret',
    });
    expect(await recordsOf(source.organizationId)).toEqual([]);
    const both = await Promise.allSettled([1, 2].map(() => configureOidc(source, settings())));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await actions(source.organizationId)).toEqual(['organization.auth.oidc.configure']);
  });

  test('asks a provider at most ten times a minute', async () => {
    const source = await stage();
    idp.mischief = { document: { issuer: 'https://other.example' } };
    for (let tries = 0; tries < 10; tries += 1) {
      await expect(configureOidc(source, settings())).rejects.toMatchObject({ field: 'issuer' });
    }
    await expect(configureOidc(source, settings())).rejects.toThrow('Ten checks within a minute');
  });
});

describe('changing', () => {
  test('records the fields with old and new values, of the secret only the name; nothing when nothing changed', async () => {
    const source = await stage();
    await connectProvider(source, idp);
    await updateOidc(source, 1, settings({ clientSecret: '' }));
    expect(await actions(source.organizationId)).toEqual(['organization.auth.oidc.configure']);

    const secret = 'another-canary-secret';
    await updateOidc(source, 1, settings({ name: 'Acme Login', role: 'auditor', clientSecret: secret }));
    const event = (await recordsOf(source.organizationId)).at(-1);
    expect(event).toMatchObject({
      action: 'organization.auth.oidc.update',
      targets: [{ name: 'Acme Login' }],
      changes: [
        { field: 'name', from: 'Acme SSO', to: 'Acme Login' },
        { field: 'default_role', from: 'member', to: 'auditor' },
        { field: 'client_secret' },
      ],
      metadata: { fields: ['name', 'default_role', 'client_secret'] },
    });
    expect(JSON.stringify(event)).not.toContain(secret);
    const stored = await row(source.organizationId);
    expect(openClientSecret(stored.id, stored.clientSecretSealed)).toBe(secret);
    expect(stored).toMatchObject({ version: 2, testedVersion: 1, enabled: true });
  });

  test('a test still counts after a change that the provider does not notice', async () => {
    const source = await stage();
    await connectProvider(source, idp);
    await updateOidc(source, 1, settings({ clientSecret: '', domains: 'acme.example', role: 'auditor' }));
    expect(await row(source.organizationId)).toMatchObject({ version: 2, testedVersion: 2 });
    await updateOidc(source, 2, settings({ clientSecret: '', domains: 'acme.example', clientId: 'other' }));
    expect(await row(source.organizationId)).toMatchObject({ version: 3, testedVersion: 2 });
  });

  test('to another issuer needs the secret again, and ends the sessions that the earlier one began', async () => {
    const source = await stage();
    const provider = await connectProvider(source, idp);
    const member = await addPerson(source.organizationId, 'member');
    const token = await startSession(member, 'oidc', browser, undefined, provider.slice(5));
    const elsewhere = { issuer: second.issuer };
    const before = second.journal.length;
    await expect(updateOidc(source, 1, settings({ ...elsewhere, clientSecret: '' }))).rejects.toMatchObject({
      field: 'clientSecret',
    });
    expect(second.journal).toHaveLength(before);
    expect(await findActor(token)).toBeDefined();
    await updateOidc(source, 1, settings(elsewhere));
    expect(await row(source.organizationId)).toMatchObject({
      issuer: second.issuer,
      testedVersion: 1,
      version: 2,
    });
    expect(await findActor(token)).toBeUndefined();
    expect((await recordsOf(source.organizationId)).at(-1).changes).toContainEqual({
      field: 'sessions',
      from: '1',
      to: '0',
    });
  });

  test('goes on while the provider does not answer: its endpoints stay as they were', async () => {
    const source = await stage();
    await connectProvider(source, idp);
    idp.mischief = { document: { response_types_supported: [] } };
    const narrower = settings({ clientSecret: '', domains: 'acme.example' });
    expect(await updateOidc(source, 1, narrower)).toEqual({ endpointsKept: true });
    idp.mischief = {};
    expect(await updateOidc(source, 2, { ...narrower, name: 'New' })).toEqual({ endpointsKept: false });
  });

  test('never overwrites unseen what somebody else has saved meanwhile, and says who it was', async () => {
    const source = await stage();
    await connectProvider(source, idp);
    const colleague = { ...source, actor: { ...source.actor, name: 'Mira Sato' } };
    await updateOidc(colleague, 1, settings({ clientSecret: '', name: 'Mira’s' }));
    await expect(
      updateOidc(source, 1, settings({ clientSecret: '', name: 'Alice’s' })),
    ).rejects.toMatchObject({
      name: 'ChangedMeanwhileError',
      version: 2,
      by: 'Mira Sato',
    });
    expect(await row(source.organizationId)).toMatchObject({ name: 'Mira’s' });
    await updateOidc(source, 2, settings({ clientSecret: '', name: 'Alice’s' }));
    expect(await row(source.organizationId)).toMatchObject({ name: 'Alice’s', version: 3 });
  });

  test('of a connection that another organization has is not possible', async () => {
    const owner = await stage();
    await connectProvider(owner, idp);
    const before = await row(owner.organizationId);
    const stranger = await stage();
    await expect(updateOidc(stranger, 1, settings())).rejects.toThrow('There is no connection any more.');
    await deleteOidc(stranger, before.id, 'Acme SSO');
    await expect(enableMethod(stranger, 'oidc')).rejects.toThrow('No provider is connected.');
    await disableMethod(stranger, 'oidc');
    expect(await row(owner.organizationId)).toEqual(before);
    expect(await recordsOf(stranger.organizationId)).toEqual([]);
  });
});
