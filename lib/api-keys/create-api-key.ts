import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import { generateKey } from '@/lib/api-keys/key-format';
import type { ExpiryDays } from '@/lib/api-keys/key-input';
import { type Scope, scopesWithin } from '@/lib/api-keys/scopes';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { lockOrganization } from '@/lib/organization/lock';

/** Living keys of an organization. More would be a sign of one for each run of a job, and nobody looks through them. */
export const maxApiKeys = 50;

export type NewApiKey = { name: string; scopes: readonly Scope[]; expiresInDays: ExpiryDays };

/** `text` is the key itself. It exists nowhere else: the database keeps its SHA-256. */
export type CreatedKey = { id: string; prefix: string; text: string; expiresAt: Date | null };

/**
 * Makes a key for the person who acts, and records `api-key.create` in the same transaction. Throws a {@link UserError}
 * at `name` when another key has it, at `scopes` when the person's role does not allow one, or for the limit of fifty.
 */
export async function createApiKey(source: AuditSource, input: NewApiKey): Promise<CreatedKey> {
  const { prefix, text, secretHash } = generateKey();
  const id = randomUUID();
  return withTransaction(async (tx) => {
    // First the lock: somebody who is being deactivated makes no key that outlives them.
    await requireRoom(tx, source.organization.id, input.name);
    const creator = await requireCreator(tx, source, input.scopes);
    const expiresAt = await expiryOf(tx, input.expiresInDays);
    await tx.apiKey.create({
      data: {
        id,
        organizationId: source.organization.id,
        name: input.name,
        prefix,
        secretHash,
        scopes: [...input.scopes],
        createdById: creator.id,
        createdByName: creator.name,
        expiresAt,
      },
    });
    recordAudit(tx, {
      ...source,
      action: 'api-key.create',
      targets: [{ type: 'api_key', id, name: input.name }],
      metadata: {
        prefix,
        scopes: [...input.scopes],
        ...(expiresAt && { expires_at: expiresAt.toISOString() }),
      },
    });
    return { id, prefix, text, expiresAt };
  });
}

async function requireCreator(tx: Tx, { organization, actor }: AuditSource, scopes: readonly Scope[]) {
  const creator = await tx.user.findUnique({
    where: {
      organizationId_id: { organizationId: organization.id, id: actor.id ?? '' },
      status: 'active',
    },
    select: { id: true, name: true, role: true },
  });
  if (actor.type !== 'user' || !creator) throw new Error('only a person makes an API key');
  const allowed = scopesWithin(creator.role, scopes);
  const beyond = scopes.filter((scope) => !allowed.includes(scope));
  if (beyond.length > 0) {
    throw new UserError(`Your role does not allow ${beyond.join(', ')}`, {
      field: 'scopes',
      hint: 'A key can do no more than the person who created it.',
    });
  }
  return creator;
}

/** One at a time for each organization, so that neither the limit nor a name is passed by two at once. */
async function requireRoom(tx: Tx, organizationId: string, name: string): Promise<void> {
  await lockOrganization(tx, organizationId);
  const kept = await tx.apiKey.findMany({
    where: { organizationId, revokedAt: null },
    select: { name: true, expiresAt: true },
  });
  if (kept.some((key) => key.name === name)) {
    throw new UserError(`There is already a key named ${name}`, {
      field: 'name',
      hint: 'Its secret cannot be shown again. Choose another name, or revoke that key first.',
    });
  }
  const living = kept.filter(({ expiresAt }) => expiresAt === null || expiresAt > new Date());
  if (living.length >= maxApiKeys) {
    throw new UserError(`An organization can have ${maxApiKeys} keys.`, {
      hint: 'Revoke one that is no longer used.',
    });
  }
}

/** By the database's clock, which also ends it. */
async function expiryOf(tx: Tx, days: ExpiryDays): Promise<Date | null> {
  if (days === null) return null;
  const [row] = await tx.$queryRaw<{ expiresAt: Date }[]>`
    SELECT date_trunc('milliseconds', now() + make_interval(days => ${days}::int)) AS "expiresAt"`;
  if (!row) throw new Error('the database has no clock');
  return row.expiresAt;
}
