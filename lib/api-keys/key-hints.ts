import type { ApiKeySummary } from '@/lib/api-keys/list-api-keys';

const dayMs = 86_400_000;
/** Nobody misses a key that did nothing for this long. */
const unusedDays = 30;
/** Enough time to make another one and to put it where the old one is. */
const soonDays = 14;

/** What an admin should know about a key, the most urgent first. */
export type KeyHint =
  | 'revoked'
  | 'expired'
  | 'creator_deactivated'
  | 'expires_soon'
  | 'unused'
  | 'never_expires';

/** The hints about a key at a moment. The first three mean that it opens nothing any more, and stand alone. */
export function keyHints(key: ApiKeySummary, now: Date): KeyHint[] {
  if (key.revokedAt) return ['revoked'];
  if (key.expiresAt && key.expiresAt <= now) return ['expired'];
  if (!key.createdBy.active) return ['creator_deactivated'];
  const hints: KeyHint[] = [];
  if (key.expiresAt && key.expiresAt.getTime() - now.getTime() <= soonDays * dayMs)
    hints.push('expires_soon');
  const lastSign = key.lastUsedAt ?? key.createdAt;
  if (now.getTime() - lastSign.getTime() > unusedDays * dayMs) hints.push('unused');
  if (!key.expiresAt) hints.push('never_expires');
  return hints;
}

/** Whether something may depend on the key: then revoking it has to be meant. */
export function wasUsedLately(key: Pick<ApiKeySummary, 'lastUsedAt'>, now: Date): boolean {
  return key.lastUsedAt !== null && now.getTime() - key.lastUsedAt.getTime() <= dayMs;
}
