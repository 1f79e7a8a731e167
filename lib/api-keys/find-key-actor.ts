import { z } from 'zod';
import { type KeyReading, readKey, secretMatches } from '@/lib/api-keys/key-format';
import { isScope, type Scope, scopesWithin } from '@/lib/api-keys/scopes';
import type { Role } from '@/lib/auth/permissions';
import { roles } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';

/** A key that was proved, with what the database says about it at this call. */
export type KeyActor = {
  key: { id: string; name: string; prefix: string };
  organization: { id: string; slug: string; name: string };
  /** Whose rights the key borrows. */
  creator: { name: string; role: Role };
  /** What the key was given, and what of it the creator's present role allows. */
  granted: readonly Scope[];
  scopes: readonly Scope[];
};

/** Why a key opens nothing. Only somebody who has its secret is told more than `unknown`. */
export type KeyRefusal = {
  reason:
    | Exclude<KeyReading, { ok: true }>['fault']
    | 'unknown'
    | 'revoked'
    | 'expired'
    | 'creator_deactivated';
  /** May be logged. Absent where it cannot be made out. */
  prefix?: string;
};

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  secret_hash: z.instanceof(Uint8Array),
  scopes: z.array(z.string()),
  revoked: z.boolean(),
  expired: z.boolean(),
  stale: z.boolean(),
  creator_name: z.string(),
  role: z.enum(roles),
  status: z.string(),
  organization_id: z.string(),
  slug: z.string(),
  organization_name: z.string(),
});

/** A key's last use is noted at most this often, in seconds: reading must not write at every call. */
const touchSeconds = 60;
/** Compared with where no key has the prefix, so that both take the same steps. */
const nobodysHash = new Uint8Array(32);

/**
 * Who a bearer key stands for. Revoked, expired, made by somebody who was deactivated since, or by somebody whose role
 * changed: all that counts at the next call. Notes the use with the caller's address, at most once a minute.
 */
export async function findKeyActor(
  bearer: string,
  ip: string | undefined,
): Promise<{ actor: KeyActor } | { refusal: KeyRefusal }> {
  const reading = readKey(bearer);
  if (!reading.ok) {
    const { fault, prefix } = reading;
    return { refusal: { reason: fault, ...(prefix !== undefined && { prefix }) } };
  }
  const { prefix, secret } = reading;
  const row = await findRow(prefix);
  const proved = secretMatches(secret, row?.secret_hash ?? nobodysHash);
  if (!row || !proved) return { refusal: { reason: 'unknown', prefix } };
  if (row.revoked) return { refusal: { reason: 'revoked', prefix } };
  if (row.expired) return { refusal: { reason: 'expired', prefix } };
  if (row.status !== 'active') return { refusal: { reason: 'creator_deactivated', prefix } };

  if (row.stale) await touch(row.id, ip);
  const granted = row.scopes.filter(isScope);
  return {
    actor: {
      key: { id: row.id, name: row.name, prefix },
      organization: { id: row.organization_id, slug: row.slug, name: row.organization_name },
      creator: { name: row.creator_name, role: row.role },
      granted,
      scopes: scopesWithin(row.role, granted),
    },
  };
}

async function findRow(prefix: string): Promise<z.infer<typeof rowSchema> | undefined> {
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT k.id, k.name, k.prefix, k.secret_hash, k.scopes, k.revoked_at IS NOT NULL AS revoked,
           coalesce(k.expires_at <= now(), false) AS expired,
           coalesce(k.last_used_at < now() - make_interval(secs => ${touchSeconds}), true) AS stale,
           u.name AS creator_name, u.role::text, u.status::text,
           o.id AS organization_id, o.slug, o.name AS organization_name
      FROM api_key k
      JOIN app_user u ON u.organization_id = k.organization_id AND u.id = k.created_by_id
      JOIN organization o ON o.id = k.organization_id
     WHERE k.prefix = ${prefix}`;
  return row === undefined ? undefined : rowSchema.parse(row);
}

/** Of parallel calls only the first one writes. */
async function touch(id: string, ip: string | undefined): Promise<void> {
  await db().$executeRaw`
    UPDATE api_key SET last_used_at = now(), last_used_ip = ${ip ?? null}::inet
     WHERE id = ${id}::uuid
       AND (last_used_at IS NULL OR last_used_at < now() - make_interval(secs => ${touchSeconds}))`;
}
