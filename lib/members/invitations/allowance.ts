import { type Attempt, takeAttempt, waitingTime } from '@/lib/auth/rate-limit';

/** Links an organization may make within an hour: two full forms. A stolen admin session is no machine for mail. */
export const linksAnHour = 100;

/** Counts one link against the organization's allowance. */
export function takeLink(organizationId: string): Promise<Attempt> {
  return takeAttempt(`invitations/${organizationId}`, { limit: linksAnHour, windowSeconds: 3_600 });
}

/** Seconds between two mails for one invitation. */
const secondsBetweenMails = 60;

/** Counts one mail for an invitation: nobody's mailbox is flooded by a button. */
export function takeMail(invitationId: string): Promise<Attempt> {
  return takeAttempt(`invitation-mail/${invitationId}`, { limit: 1, windowSeconds: secondsBetweenMails });
}

/** The words for somebody beyond {@link linksAnHour}. */
export function explainLimit({ retryAfterSeconds }: Attempt): { message: string; hint: string } {
  return {
    message: `${linksAnHour} invitations an hour are the limit.`,
    hint: `Try again in ${waitingTime(retryAfterSeconds)}.`,
  };
}
