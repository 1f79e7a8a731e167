import type { Tx } from '@/lib/audit/transaction';
import { hashToken, newToken } from '@/lib/crypto/token';

/**
 * Notes that the owner of a session proved just now who they are, and gives it another token, so that a copy of the
 * cookie gains nothing by the proof: it has become worthless (security.md #94). Returns the token for the cookie.
 */
export async function renewSession(client: Pick<Tx, '$executeRaw'>, sessionId: string): Promise<string> {
  const token = newToken();
  await client.$executeRaw`
    UPDATE session SET confirmed_at = now(), token_hash = ${hashToken(token)} WHERE id = ${sessionId}::uuid`;
  return token;
}
