import type { Role } from '@/lib/auth/permissions';
import { formatDateTime } from '@/lib/format-time';
import { escapeHtml, mailButton, mailHtml } from '@/lib/mail/html';
import type { Mail } from '@/lib/mail/send-mail';
import { roleName } from '@/lib/members/role-name';

export type Letter = {
  to: string;
  organization: string;
  inviter: string;
  role: Role;
  note: string | null;
  url: string;
  expiresAt: Date;
};

/** The mail that brings a link. The address's owner reads who invites, to what, until when, and how to ignore it. */
export function invitationMail({ to, organization, inviter, role, note, url, expiresAt }: Letter): Mail {
  const subject = `${inviter} invites you to ${organization}`;
  const offer = `${inviter} invites you to join ${organization} on Tracekeep as ${roleName(role)}.`;
  const rules = `The link works once, for ${to}, until ${formatDateTime(expiresAt, 'UTC', 'minute')} UTC.`;
  const otherwise = 'If you do not expect this, you need not do anything: without the link nothing happens.';
  const accept = 'Accept the invitation';
  return {
    to,
    subject,
    text: [offer, note, `${accept}:\n${url}`, rules, otherwise].filter(Boolean).join('\n\n').concat('\n'),
    html: mailHtml(subject, [
      escapeHtml(offer),
      ...(note ? [`<em style="white-space:pre-line">${escapeHtml(note)}</em>`] : []),
      mailButton(url, accept),
      `Or open this address: ${escapeHtml(url)}`,
      escapeHtml(rules),
      escapeHtml(otherwise),
    ]),
  };
}
