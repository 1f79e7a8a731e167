import type { AuditSource } from '@/lib/audit/event';
import type { Role } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { inviteMembers } from '@/lib/members/invitations/invite-members';

let people = 0;

/** An address that nobody has yet. */
export const someone = () => `carol-${++people}@acme.example`;

/** An invitation as an admin without a mail server makes it: its link is in the answer. */
export async function invite(source: AuditSource, email = someone(), role: Role = 'auditor') {
  const [invited] = await inviteMembers(source, { addresses: [email], role, note: null });
  if (invited?.outcome !== 'link') throw new Error(`not invited: ${invited?.outcome}`);
  const { id } = await db().invitation.findFirstOrThrow({
    where: { email, revokedAt: null, acceptedAt: null },
  });
  return { id, email, token: tokenIn(invited.url) };
}

/** The secret of a link. */
export function tokenIn(url: string): string {
  const token = /^http:\/\/localhost:3000\/invite\/([\w-]{43})$/.exec(url)?.[1];
  if (!token) throw new Error(`${url} is no link`);
  return token;
}

export async function expire(id: string): Promise<void> {
  await db()
    .$executeRaw`UPDATE invitation SET expires_at = now() - interval '1 second' WHERE id = ${id}::uuid`;
}
