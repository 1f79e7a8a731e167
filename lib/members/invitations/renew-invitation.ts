import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { waitingTime } from '@/lib/auth/rate-limit';
import { db } from '@/lib/db/client';
import { isMailConfigured } from '@/lib/mail/transport';
import { administer } from '@/lib/members/administer';
import { explainLimit, takeLink, takeMail } from '@/lib/members/invitations/allowance';
import { newLink } from '@/lib/members/invitations/link';
import { requireOpen } from '@/lib/members/invitations/require-open';
import { sendLetters } from '@/lib/members/invitations/send-letters';

/** The link where nothing was sent: it is shown now and never again. */
export type Renewed =
  | { outcome: 'sent'; email: string }
  | { outcome: 'link'; email: string; url: string }
  | { outcome: 'unsent'; email: string; url: string; problem: string };

/**
 * Sends an open invitation again, with a new link; the earlier one is dead. Where the mail server fails, the answer
 * holds the new link. Throws a UserError without a mail server, within a minute of the mail before, beyond the
 * allowance of an hour, and for an invitation that is not open.
 */
export async function resendInvitation(source: AuditSource, id: string): Promise<Renewed> {
  if (!isMailConfigured()) {
    throw new UserError('E-mail is not set up, so nothing was sent.', {
      hint: 'Make a link and hand it over.',
    });
  }
  return renew(source, id, 'mail');
}

/** Makes a new link of an open invitation to hand over; the earlier one is dead. Throws a UserError as resending does. */
export async function copyLink(source: AuditSource, id: string): Promise<Renewed> {
  return renew(source, id, 'link');
}

async function renew(source: AuditSource, id: string, delivery: 'mail' | 'link'): Promise<Renewed> {
  // Not within the transaction: a count has a connection of its own, and must stand if the transaction does not.
  await requireOpen(db(), source, id);
  await requireAllowance(source, id, delivery);
  const { link, ...invitation } = await withTransaction(async (tx) => {
    const now = await administer(tx, source);
    const { email, role, message, invitedByName } = await requireOpen(tx, source, id);
    const link = newLink(now);
    await tx.invitation.update({
      where: { id, organizationId: source.organization.id },
      data: { tokenHash: link.tokenHash, expiresAt: link.expiresAt, sentAt: null },
    });
    recordAudit(tx, {
      ...source,
      action: 'organization.invitation.resend',
      targets: [{ type: 'invitation', id, name: email }],
      metadata: { expires_at: link.expiresAt.toISOString(), delivery },
    });
    return { link, email, role, message, invitedByName };
  });
  const { email, role, message: note, invitedByName: inviter } = invitation;
  if (delivery === 'link') return { outcome: 'link', email, url: link.url };

  const { name: organization } = source.organization;
  const problems = await sendLetters([{ ...link, to: email, organization, inviter, role, note }]);
  const problem = problems.get(email);
  return problem === undefined
    ? { outcome: 'sent', email }
    : { outcome: 'unsent', email, url: link.url, problem };
}

async function requireAllowance(
  { organization }: AuditSource,
  id: string,
  delivery: 'mail' | 'link',
): Promise<void> {
  const mail = delivery === 'mail' ? await takeMail(id) : undefined;
  if (mail && !mail.allowed) {
    throw new UserError('A mail was sent less than a minute ago.', {
      hint: `Send it again in ${waitingTime(mail.retryAfterSeconds)}.`,
    });
  }
  const link = await takeLink(organization.id);
  if (!link.allowed) {
    const { message, hint } = explainLimit(link);
    throw new UserError(message, { hint });
  }
}
