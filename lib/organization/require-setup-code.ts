import { UserError } from '@/lib/action/user-error';
import { takeAttempt, waitingTime } from '@/lib/auth/rate-limit';
import { isSetupCode } from '@/lib/organization/setup-code';

/**
 * Throws a UserError unless `typed` is the set-up code. Only wrong codes are counted: sixty random bits need no limit, and
 * a stranger behind the same address must not be able to keep the owner out with wrong ones.
 */
export async function requireSetupCode(typed: string, ip: string | undefined): Promise<void> {
  if (await isSetupCode(typed)) return;
  const attempt = await takeAttempt(`setup/${ip ?? '-'}`, { limit: 10, windowSeconds: 600 });
  if (!attempt.allowed) {
    const wait = waitingTime(attempt.retryAfterSeconds);
    throw new UserError(`Too many attempts. Try again in ${wait}.`, { field: 'code' });
  }
  throw new UserError('This is not the set-up code.', {
    field: 'code',
    hint: 'It stands on the console of the server; a restart prints it again.',
  });
}
