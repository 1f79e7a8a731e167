import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { hashPassword, needsRehash, verifyPassword } from '@/lib/auth/password';
import { takeAttempt } from '@/lib/auth/rate-limit';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';
import { addressBlock, throttleSignIn } from '@/lib/auth/sign-in-throttle';
import { db } from '@/lib/db/client';

export type Credentials = { email: string; password: string };

/** Why nobody was signed in, as far as the person at the keyboard may know: `refused` has one wording for all causes. */
export type Refusal = { reason: 'refused' } | { reason: 'throttled'; retryAfterSeconds: number };

type Cause = 'unknown_account' | 'no_password' | 'wrong_password' | 'deactivated' | 'throttled';

/**
 * Checks an e-mail address (canonical) and a password: throttle first, then always one hash, whether the account exists
 * or not. Every failure is recorded as `user.login_failed` in a transaction of its own.
 */
export async function checkPassword(
  { email, password }: Credentials,
  request: RequestContext,
): Promise<{ userId: string } | Refusal> {
  const user = await db().user.findUnique({
    where: { email },
    select: { id: true, name: true, status: true, passwordHash: true, organization: true },
  });
  const attempt = { email, user: user ?? undefined, request };

  const throttle = await throttleSignIn(email, request.ip);
  if (!throttle.allowed) {
    await recordThrottled(attempt);
    return { reason: 'throttled', retryAfterSeconds: throttle.retryAfterSeconds };
  }

  const matches = await verifyPassword(user?.passwordHash, password);
  const cause = causeOf(user, matches);
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

type FailedAttempt = {
  email: string;
  user: { id: string; name: string; organization: Organization } | undefined;
  request: RequestContext;
};
type Organization = { id: string; slug: string; name: string };

/** Once a minute and address: whoever keeps hammering must not be able to fill the log. */
async function recordThrottled(attempt: FailedAttempt): Promise<void> {
  const { ip } = attempt.request;
  const key = `sign-in/throttled/${ip === undefined ? '-' : addressBlock(ip)}`;
  const { allowed } = await takeAttempt(key, { limit: 1, windowSeconds: 60 });
  if (allowed) await recordFailure(attempt, 'throttled');
}

async function recordFailure({ email, user, request }: FailedAttempt, reason: Cause): Promise<void> {
  const organization = user?.organization ?? (await onlyOrganization());
  if (!organization) return;
  await withTransaction(async (tx) => {
    recordAudit(tx, {
      organization,
      actor: { type: 'anonymous' },
      context: auditContext(request),
      action: 'user.login_failed',
      outcome: 'failure',
      targets: [{ type: 'user', id: user?.id, name: user?.name ?? email }],
      metadata: { method: 'email', reason },
    });
  });
}

/** A failure for an unknown account belongs to nobody, unless there is only one organization it can be about. */
async function onlyOrganization(): Promise<Organization | undefined> {
  const [first, ...others] = await db().organization.findMany({ take: 2 });
  return others.length === 0 ? first : undefined;
}
