import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { UserError } from '@/lib/action/user-error';
import { apiKeySource } from '@/lib/api-keys/api-key-source';
import { createApiKey, maxApiKeys } from '@/lib/api-keys/create-api-key';
import { findKeyActor } from '@/lib/api-keys/find-key-actor';
import { generateKey } from '@/lib/api-keys/key-format';
import { getApiKey, listApiKeys } from '@/lib/api-keys/list-api-keys';
import { revokeApiKey } from '@/lib/api-keys/revoke-api-key';
import { type Scope, scopes } from '@/lib/api-keys/scopes';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const ip = '198.51.100.7';
const input = { name: 'ci', scopes: ['audit_log:read'] as Scope[], expiresInDays: 90 } as const;

async function records({ organization }: AuditSource) {
  const rows = await db().auditEvent.findMany({
    where: { organizationId: organization.id },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ record }) => JSON.parse(record));
}

async function refusalOf(text: string) {
  const found = await findKeyActor(text, ip);
  if (!('refusal' in found)) throw new Error('the key was accepted');
  return found.refusal;
}

async function actorOf(text: string) {
  const found = await findKeyActor(text, ip);
  if (!('actor' in found)) throw new Error(`the key was refused: ${found.refusal.reason}`);
  return found.actor;
}

async function errorOf(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`no UserError: ${error}`);
  return error;
}

const touchUser = (source: AuditSource, data: { role?: 'member'; status?: 'deactivated' }) =>
  db().user.update({ where: { id: source.actor.id ?? '' }, data });

describe('creating a key', () => {
  test('stores no more than the hash of its secret, and records everything but the secret', async () => {
    const source = await createOrganization();
    const { id, prefix, text, expiresAt } = await createApiKey(source, input);
    const [row] = await db().$queryRaw<
      { text: string }[]
    >`SELECT api_key::text FROM api_key WHERE id = ${id}::uuid`;
    const secret = text.slice(prefix.length + 1);
    expect(JSON.stringify(row)).not.toContain(secret.slice(0, 12));

    const [event, ...more] = await records(source);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      action: 'api-key.create',
      actor: { type: 'user', id: source.actor.id },
      targets: [{ type: 'api_key', id, name: 'ci' }],
      metadata: { prefix, scopes: ['audit_log:read'], expires_at: expiresAt?.toISOString() },
    });
    expect(JSON.stringify(event)).not.toContain(secret.slice(0, 12));
    const days = ((expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(90);
  });

  test('an event that cannot be written leaves no key either', async () => {
    const source = await createOrganization();
    await db().$executeRawUnsafe(
      `ALTER TABLE audit_event ADD CONSTRAINT disk_full CHECK (organization_id <> '${source.organization.id}')`,
    );
    await expect(createApiKey(source, input)).rejects.toThrow('disk_full');
    expect(await listApiKeys(source.organization.id)).toEqual([]);
    expect(await records(source)).toEqual([]);
  });

  test('without end it says so by having none', async () => {
    const source = await createOrganization();
    const { expiresAt } = await createApiKey(source, { ...input, expiresInDays: null });
    expect(expiresAt).toBeNull();
    expect((await records(source))[0].metadata).not.toHaveProperty('expires_at');
  });

  test('nobody gives a key more than they may do themselves', async () => {
    const source = await createOrganization();
    await touchUser(source, { role: 'member' });
    expect(
      await errorOf(createApiKey(source, { ...input, scopes: ['scans:read', 'scans:write'] })),
    ).toMatchObject({
      field: 'scopes',
      message: 'Your role does not allow scans:write',
    });
    expect(await createApiKey(source, { ...input, scopes: ['scans:read'] })).toHaveProperty('id');
  });

  test('of two with one name at the same moment one is made; a revoked key frees its name', async () => {
    const source = await createOrganization();
    const results = await Promise.allSettled([createApiKey(source, input), createApiKey(source, input)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await errorOf(createApiKey(source, input))).toMatchObject({
      field: 'name',
      message: 'There is already a key named ci',
    });
    const [key] = await listApiKeys(source.organization.id);
    await revokeApiKey(source, key?.id ?? '');
    expect(await createApiKey(source, input)).toHaveProperty('id');
    const other = await createOrganization();
    expect(await createApiKey(other, input)).toHaveProperty('id');
  });

  test('an organization has at most fifty that live, also when they come at once', async () => {
    const source = await createOrganization();
    const attempts = Array.from({ length: maxApiKeys + 5 }, (_, at) =>
      createApiKey(source, { ...input, name: `key ${at}` }),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxApiKeys);
    expect((await errorOf(createApiKey(source, input))).message).toBe('An organization can have 50 keys.');
    const [first] = await listApiKeys(source.organization.id);
    await db().apiKey.update({ where: { id: first?.id ?? '' }, data: { expiresAt: new Date(0) } });
    expect(await createApiKey(source, input)).toHaveProperty('id');
  });
});

describe('using a key', () => {
  test('tells who it stands for, and notes the use at most once a minute', async () => {
    const source = await createOrganization();
    const { id, prefix, text } = await createApiKey(source, { ...input, scopes });
    expect(await actorOf(text)).toEqual({
      key: { id, name: 'ci', prefix },
      organization: source.organization,
      creator: { name: 'Alice Fox', role: 'admin' },
      granted: scopes,
      scopes,
    });
    const used = () => getApiKey(source.organization.id, id).then((key) => key?.lastUsedAt?.getTime() ?? 0);
    const first = await used();
    expect(first).toBeGreaterThan(0);
    await findKeyActor(text, '203.0.113.99');
    expect(await used()).toBe(first);
    expect(await getApiKey(source.organization.id, id)).toMatchObject({ lastUsedIp: ip });

    await db().$executeRaw`UPDATE api_key SET last_used_at = now() - interval '61 seconds'`;
    await findKeyActor(text, '203.0.113.99');
    expect(await getApiKey(source.organization.id, id)).toMatchObject({ lastUsedIp: '203.0.113.99' });
  });

  test('what it causes is recorded under its name, with its creator’s role and where it came from', async () => {
    const source = await createOrganization();
    const { id, text } = await createApiKey(source, input);
    const request = { ip, userAgent: 'curl/8', requestId: randomUUID(), path: '/' };
    expect(apiKeySource(await actorOf(text), request)).toEqual({
      organization: source.organization,
      actor: { type: 'api_key', id, name: 'ci', role: 'admin' },
      context: { ip, user_agent: 'curl/8', request_id: request.requestId, origin: 'api' },
    });
  });

  test('it can do only what its creator’s role allows now', async () => {
    const source = await createOrganization();
    const { id, text } = await createApiKey(source, { ...input, scopes });
    await touchUser(source, { role: 'member' });
    expect(await actorOf(text)).toMatchObject({ granted: scopes, scopes: ['scans:read'] });
    expect(await getApiKey(source.organization.id, id)).toMatchObject({ effectiveScopes: ['scans:read'] });
  });

  test('it is dead at once when revoked, expired, or its creator deactivated', async () => {
    const source = await createOrganization();
    const { id, prefix, text } = await createApiKey(source, input);
    await touchUser(source, { status: 'deactivated' });
    expect(await refusalOf(text)).toEqual({ reason: 'creator_deactivated', prefix });
    await db().apiKey.update({ where: { id }, data: { expiresAt: new Date() } });
    expect(await refusalOf(text)).toEqual({ reason: 'expired', prefix });
    await revokeApiKey(source, id);
    expect(await refusalOf(text)).toEqual({ reason: 'revoked', prefix });
    expect(await getApiKey(source.organization.id, id)).toMatchObject({ lastUsedAt: null });
  });

  test('without its secret nobody learns whether it exists, nor what became of it', async () => {
    const source = await createOrganization();
    const [first, second] = [
      await createApiKey(source, input),
      await createApiKey(source, { ...input, name: 'b' }),
    ];
    await revokeApiKey(source, second.id);
    // A key's secret under another's prefix does not even have the right checksum; put it right as an attacker would.
    const forged = generateKey();
    await db().apiKey.update({ where: { id: first.id }, data: { prefix: forged.prefix } });
    expect(await refusalOf(forged.text)).toEqual({ reason: 'unknown', prefix: forged.prefix });
    await revokeApiKey(source, first.id);
    expect(await refusalOf(forged.text)).toEqual({ reason: 'unknown', prefix: forged.prefix });
    expect((await refusalOf(generateKey().text)).reason).toBe('unknown');
    expect((await refusalOf(first.text.replace('tk_', 'sk_'))).reason).toBe('foreign');
  });
});

describe('revoking a key', () => {
  test('is recorded once, also when two do it at the same moment', async () => {
    const source = await createOrganization();
    const { id, prefix } = await createApiKey(source, input);
    const answers = await Promise.all([revokeApiKey(source, id), revokeApiKey(source, id)]);
    expect(answers.sort()).toEqual([false, true]);
    const [, event, ...more] = await records(source);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      action: 'api-key.delete',
      targets: [{ type: 'api_key', id, name: 'ci' }],
      metadata: { prefix },
    });
    expect(await listApiKeys(source.organization.id)).toEqual([]);
  });

  test('another organization’s key behaves like none', async () => {
    const [own, other] = [await createOrganization(), await createOrganization()];
    const { id, text } = await createApiKey(other, input);
    for (const unknown of [id, randomUUID(), 'undefined', '\0']) {
      expect(await revokeApiKey(own, unknown)).toBe(false);
      expect(await getApiKey(own.organization.id, unknown)).toBeUndefined();
    }
    expect(await listApiKeys(own.organization.id)).toEqual([]);
    expect(await records(own)).toEqual([]);
    expect(await actorOf(text)).toMatchObject({ organization: { id: other.organization.id } });
  });
});
