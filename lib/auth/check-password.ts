import 'server-only';
import { admits, readMethods } from '@/lib/auth/methods';
import { hashPassword, needsRehash, verifyPassword } from '@/lib/auth/password';
import type { Role } from '@/lib/auth/permissions';
import { takeAttempt } from '@/lib/auth/rate-limit';
import type { RequestContext } from '@/lib/auth/request-context';
import { recordSignInFailure } from '@/lib/auth/sign-in-failure';
import { addressBlock, throttleSignIn } from '@/lib/auth/sign-in-throttle';
import { db } from '@/lib/db/client';

export type Credentials = { email: string; password: string };

/** Why nobody was signed in, as far as the person at the keyboard may know: `refused` has one wording for all causes. */
export type Refusal = { reason: 'refused' } | { reason: 'throttled'; retryAfterSeconds: number };

type Cause =
  | 'unknown_account'
  | 'no_password'
  | 'wrong_password'
  | 'deactivated'
  | 'method_disabled'
  | 'throttled';

/** What the password is for: somebody who is signed in may confirm who they are by it however they came in. */
export type Purpose = 'sign-in' | 'confirm';

/**
 * Checks an e-mail address (canonical) and a password: throttle first, then always one hash, whether the account exists
 * or not. A right password of somebody whom the organization does not let in by e-mail counts as a failure like any other,
 * so that nobody learns that it was right. Every failure is recorded as `user.login_failed` in a transaction of its own.
 */
export async function checkPassword(
  { email, password }: Credentials,
  request: RequestContext,
  purpose: Purpose = 'sign-in',
): Promise<{ userId: string } | Refusal> {
  const user = await db().user.findUnique({
    where: { email },
    select: { id: true, name: true, role: true, status: true, passwordHash: true, organization: true },
  });
  const attempt = { email, user: user ?? undefined, request };

  const throttle = await throttleSignIn(email, request.ip);
  if (!throttle.allowed) {
    await recordThrottled(attempt);
    return { reason: 'throttled', retryAfterSeconds: throttle.retryAfterSeconds };
  }

  const matches = await verifyPassword(user?.passwordHash, password);
  const cause = causeOf(user, matches) ?? (await closedDoor(user, purpose));
  if (!user || cause) {
    await recordFailure(attempt, cause ?? 'unknown_account');
    return { reason: 'refused' };
  }
  await throttle.succeeded();
  if (user.passwordHash && needsRehash(user.passwordHash)) {
    await db().user.update({
      where: { id: user.id },
      data: { passwordHash: await hashPassword(password) },
    });
  }
  return { userId: user.id };
}

function causeOf(
  user: { status: string; passwordHash: string | null } | null,
  matches: boolean,
): Cause | undefined {
  if (!user) return 'unknown_account';
  if (user.passwordHash === null) return 'no_password';
  if (!matches) return 'wrong_password';
  return user.status === 'active' ? undefined : 'deactivated';
}

async function closedDoor(
  user: { role: Role; organization: { id: string } } | null,
  purpose: Purpose,
): Promise<Cause | undefined> {
  if (!user || purpose === 'confirm') return undefined;
  const entry = { method: 'email', role: user.role, connectionId: undefined } as const;
  return admits(await readMethods(user.organization.id), entry) ? undefined : 'method_disabled';
}

type FailedAttempt = {
  email: string;
  user: { id: string; name: string; organization: { id: string; slug: string; name: string } } | undefined;
  request: RequestContext;
};

/** Once a minute and address: whoever keeps hammering must not be able to fill the log. */
async function recordThrottled(attempt: FailedAttempt): Promise<void> {
  const { ip } = attempt.request;
  const key = `sign-in/throttled/${ip === undefined ? '-' : addressBlock(ip)}`;
  const { allowed } = await takeAttempt(key, { limit: 1, windowSeconds: 60 });
  if (allowed) await recordFailure(attempt, 'throttled');
}

function recordFailure({ email, user, request }: FailedAttempt, reason: Cause): Promise<void> {
  return recordSignInFailure({
    organization: user?.organization,
    user,
    claimed: email,
    method: 'email',
    reason,
    request,
  });
}
