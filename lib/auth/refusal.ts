import type { ActionState } from '@/lib/action/state';
import type { Refusal } from '@/lib/auth/check-password';
import { waitingTime } from '@/lib/auth/rate-limit';

/** The words for a refused sign-in: one text for every cause, so that it tells nobody which accounts exist. */
export function explainRefusal(refusal: Refusal): ActionState<never> {
  if (refusal.reason === 'throttled') {
    const message = `Too many attempts. Try again in ${waitingTime(refusal.retryAfterSeconds)}.`;
    return { status: 'error', message };
  }
  return {
    status: 'error',
    message: 'The e-mail address or the password is not right.',
    hint: 'Check both and try again.',
  };
}
