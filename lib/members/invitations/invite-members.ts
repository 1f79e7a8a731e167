import { randomUUID } from 'node:crypto';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import type { Role } from '@/lib/auth/permissions';
import { isMailConfigured } from '@/lib/mail/transport';
import { administer } from '@/lib/members/administer';
import { explainLimit, takeLink, takeMail } from '@/lib/members/invitations/allowance';
import { type Link, newLink } from '@/lib/members/invitations/link';
import { revokeOpen } from '@/lib/members/invitations/revoke-open';
import { sendLetters } from '@/lib/members/invitations/send-letters';

export type Offer = {
  /** Canonical, each once (recipients.ts). */
  addresses: readonly string[];
  role: Role;
  note: string | null;
};

/** What became of one address. A link is in it where nothing was sent: it is shown now and never again. */
export type Invited = { email: string } & (
  | { outcome: 'sent' }
  | { outcome: 'link'; url: string }
  | { outcome: 'unsent'; url: string; problem: string }
  | { outcome: 'member' | 'deactivated'; memberId: string }
  | { outcome: 'limited'; problem: string }
);

type Made = { id: string; email: string; link: Link };
type Member = { outcome: 'member' | 'deactivated'; memberId: string };

/**
 * Invites people by address: stores the invitations with `organization.invitation.create` in one transaction, then
 * sends the mails. An open invitation for the same address is revoked by the new one. Who is a member already, or beyond
 * the allowance of an hour, is reported and not invited. Without a mail server, or where it fails, the invitation stands
 * and its link is returned. The answer is in the order of the addresses.
 */
export async function inviteMembers(source: AuditSource, offer: Offer): Promise<Invited[]> {
  const { allowed, limited } = await withinAllowance(source, offer.addresses);
  const delivery = isMailConfigured() ? 'mail' : 'link';
  const { made, members } = await withTransaction(async (tx) => {
    const now = await administer(tx, source);
    const members = await membersAmong(tx, source, allowed);
    const addresses = allowed.filter((email) => !members.has(email));
    await revokeOpen(tx, source, { email: { in: addresses } });
    const made = addresses.map((email) => ({ id: randomUUID(), email, link: newLink(now) }));
    await store(tx, source, offer, made, now);
    for (const { id, email, link } of made) {
      recordAudit(tx, {
        ...source,
        action: 'organization.invitation.create',
        targets: [{ type: 'invitation', id, name: email }],
        metadata: { role: offer.role, expires_at: link.expiresAt.toISOString(), delivery },
      });
    }
    return { made, members };
  });
  const problems = delivery === 'mail' ? await send(source, offer, made) : undefined;

  return offer.addresses.map((email): Invited => {
    const member = members.get(email);
    if (member) return { email, ...member };
    const invitation = made.find((candidate) => candidate.email === email);
    if (!invitation) return { email, outcome: 'limited', problem: limited };
    const { url } = invitation.link;
    if (!problems) return { email, outcome: 'link', url };
    const problem = problems.get(email);
    return problem === undefined ? { email, outcome: 'sent' } : { email, outcome: 'unsent', url, problem };
  });
}

async function withinAllowance({ organization }: AuditSource, addresses: readonly string[]) {
  for (const [at] of addresses.entries()) {
    const attempt = await takeLink(organization.id);
    if (attempt.allowed) continue;
    const { message, hint } = explainLimit(attempt);
    return { allowed: addresses.slice(0, at), limited: `${message} ${hint}` };
  }
  return { allowed: addresses, limited: '' };
}

/** Only the organization's own people: whether another one knows the address is not told. */
async function membersAmong(
  tx: Tx,
  { organization }: AuditSource,
  addresses: readonly string[],
): Promise<Map<string, Member>> {
  const found = await tx.user.findMany({
    where: { organizationId: organization.id, email: { in: [...addresses] } },
    select: { id: true, email: true, status: true },
  });
  return new Map(
    found.map(({ id, email, status }) => [
      email,
      { outcome: status === 'active' ? 'member' : 'deactivated', memberId: id },
    ]),
  );
}

async function store(
  tx: Tx,
  { organization, actor }: AuditSource,
  { role, note }: Offer,
  made: readonly Made[],
  now: Date,
): Promise<void> {
  if (actor.id === undefined || actor.name === undefined) throw new Error('an invitation needs an inviter');
  const inviter = { invitedById: actor.id, invitedByName: actor.name };
  await tx.invitation.createMany({
    data: made.map(({ id, email, link: { tokenHash, expiresAt } }) => ({
      id,
      organizationId: organization.id,
      email,
      role,
      message: note,
      tokenHash,
      ...inviter,
      createdAt: now,
      expiresAt,
    })),
  });
}

async function send(
  { organization, actor }: AuditSource,
  { role, note }: Offer,
  made: readonly Made[],
): Promise<Map<string, string>> {
  for (const { id } of made) await takeMail(id);
  const inviter = actor.name ?? '';
  return sendLetters(
    made.map(({ email, link }) => ({
      ...link,
      to: email,
      organization: organization.name,
      inviter,
      role,
      note,
    })),
  );
}
