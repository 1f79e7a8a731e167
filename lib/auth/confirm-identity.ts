import 'server-only';
import type { Actor } from '@/lib/auth/actor-source';
import { checkPassword, type Refusal } from '@/lib/auth/check-password';
import type { RequestContext } from '@/lib/auth/request-context';
import { writeSessionToken } from '@/lib/auth/session-token';
import { hashToken, newToken } from '@/lib/crypto/token';
import { db } from '@/lib/db/client';

/** Whether somebody has a password here, or signs in through an identity provider only. */
export async function hasPassword(userId: string): Promise<boolean> {
  const found = await db().user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  return found?.passwordHash != null;
}

/**
 * Checks once more that it is the owner of the session who sits at the keyboard. Throttled and recorded like a sign-in.
 * Returns undefined when it is, else why not.
 */
export async function confirmIdentity(
  actor: Actor,
  password: string,
  request: RequestContext,
): Promise<Refusal | undefined> {
  const result = await checkPassword({ email: actor.user.email, password }, request);
  if (!('userId' in result)) return result;
  await renewSession(actor.sessionId);
  return undefined;
}

/**
 * Notes that the owner of a session proved just now who they are, and gives it another token, so that a copy of the
 * cookie gains nothing by the proof: it has become worthless (security.md #94).
 */
export async function renewSession(sessionId: string): Promise<void> {
  const token = newToken();
  await db().$executeRaw`
    UPDATE session SET confirmed_at = now(), token_hash = ${hashToken(token)} WHERE id = ${sessionId}::uuid`;
  await writeSessionToken(token);
}
