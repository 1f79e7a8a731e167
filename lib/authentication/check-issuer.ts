import { UserError } from '@/lib/action/user-error';
import { examineIssuer, type IssuerReport } from '@/lib/auth/openid/examine-issuer';
import { takeAttempt, waitingTime } from '@/lib/auth/rate-limit';
import { networkPolicy } from '@/lib/net/network-policy';

/** A check makes this server connect to an address that somebody typed: enough for a person, too few for a scan. */
const checksPerMinute = 10;

/**
 * Fetches the discovery document of an issuer (an address that issuerSchema has read) and reports each check. Nothing is
 * stored. Throws a UserError when the organization had ten checks within a minute.
 */
export async function checkIssuer(organizationId: string, issuer: string): Promise<IssuerReport> {
  const key = `oidc-check:${organizationId}`;
  const attempt = await takeAttempt(key, { limit: checksPerMinute, windowSeconds: 60 });
  if (!attempt.allowed) {
    throw new UserError(`Ten checks within a minute are the limit.`, {
      hint: `Try again in ${waitingTime(attempt.retryAfterSeconds)}.`,
    });
  }
  return examineIssuer(issuer, { policy: networkPolicy() });
}

/** What to do about a report that failed, as one sentence at the issuer's field. */
export function failureOf({ checks }: IssuerReport): string {
  const failed = checks.find(({ status }) => status === 'failed');
  return failed ? `${failed.name}: ${failed.detail}` : 'The provider lacks something that signing in needs.';
}
