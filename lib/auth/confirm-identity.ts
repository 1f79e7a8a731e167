import 'server-only';
import type { Actor } from '@/lib/auth/actor-source';
import { checkPassword, type Refusal } from '@/lib/auth/check-password';
import { renewSession } from '@/lib/auth/renew-session';
import type { RequestContext } from '@/lib/auth/request-context';
import { writeSessionToken } from '@/lib/auth/session-token';
import { db } from '@/lib/db/client';

/** Whether somebody has a password here, or signs in through an identity provider only. */
export async function hasPassword(userId: string): Promise<boolean> {
  const found = await db().user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  return found?.passwordHash != null;
}

/**
 * Checks once more that it is the owner of the session who sits at the keyboard. Throttled and recorded like a sign-in.
 * It renews the session's proof and cookie. Returns undefined when it is, else why not.
 */
export async function confirmIdentity(
  actor: Actor,
  password: string,
  request: RequestContext,
): Promise<Refusal | undefined> {
  const result = await checkPassword({ email: actor.user.email, password }, request, 'confirm');
  if (!('userId' in result)) return result;
  await writeSessionToken(await renewSession(db(), actor.sessionId));
  return undefined;
}
