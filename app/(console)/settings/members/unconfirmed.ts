import 'server-only';
import type { Answer } from '@/lib/action/define-action';
import type { Actor } from '@/lib/auth/actor';
import type { Role } from '@/lib/auth/permissions';
import { getMember } from '@/lib/members/get-member';

/** The question that comes before giving or taking admin rights; undefined where nothing has to be asked. */
export async function unconfirmed(actor: Actor, id: string, role: Role): Promise<Answer<never> | undefined> {
  const member = await getMember(actor.organization.id, id);
  // Who is unknown, who acts on themselves and who is the only admin is the command's to refuse.
  if (!member || member.id === actor.user.id || member.role === role) return undefined;
  if (role !== 'admin' && member.role !== 'admin') return undefined;
  const problem =
    role === 'admin'
      ? {
          message: `Confirm that ${member.name} becomes an admin.`,
          hint: 'Admins can change everything, your own role and access too.',
        }
      : {
          message: `Confirm that ${member.name} is no longer an admin.`,
          hint: 'Invitations of theirs that are still open are revoked with it.',
        };
  return { status: 'error', fieldErrors: { confirmed: problem } };
}
