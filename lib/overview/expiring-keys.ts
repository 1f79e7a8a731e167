import { db } from '@/lib/db/client';

export type ExpiringKey = { name: string; expiresAt: Date; expired: boolean };

/** How far ahead an expiry is told, and how long after it that something still needs the key. */
const horizonDays = 14;
/** A key was in use when its last use was at most so long before its end. */
const inUseDays = 7;
const shown = 50;

/**
 * API keys that expire within two weeks, and keys that did so within the last two weeks while they were in use, the
 * earliest end first. Not those that are revoked, or dead because their creator is deactivated.
 */
export async function listExpiringKeys(organizationId: string): Promise<ExpiringKey[]> {
  return db().$queryRaw<ExpiringKey[]>`
    SELECT k.name, k.expires_at AS "expiresAt", k.expires_at <= now() AS expired
      FROM api_key k JOIN app_user u ON u.organization_id = k.organization_id AND u.id = k.created_by_id
     WHERE k.organization_id = ${organizationId}::uuid AND k.revoked_at IS NULL AND u.status = 'active'
       AND k.expires_at BETWEEN now() - make_interval(days => ${horizonDays}::int)
                            AND now() + make_interval(days => ${horizonDays}::int)
       AND (k.expires_at > now() OR k.last_used_at > k.expires_at - make_interval(days => ${inUseDays}::int))
     ORDER BY k.expires_at, k.id LIMIT ${shown}`;
}
