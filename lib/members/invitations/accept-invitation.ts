import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource, Context } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { hashPassword } from '@/lib/auth/password';
import { passwordProblem } from '@/lib/auth/password-policy';
import {
  getInvitationByToken,
  passwordIsUseless,
  type ReceivedInvitation,
} from '@/lib/members/invitations/received-invitation';
import { addUser } from '@/lib/organization/add-user';
import { lockOrganization } from '@/lib/organization/lock';

export type NewAccount = { name: string; password: string };

/**
 * Turns an invitation into an account: the person, `organization.invitation.accept` and `user.create`, all or nothing,
 * with the person as the actor. Of any number of attempts with one link one succeeds. Returns the address to sign in
 * with. Throws a UserError when the link is dead, the password too weak, or the address has an account already.
 */
export async function acceptInvitation(
  token: string,
  { name, password }: NewAccount,
  context: Context,
): Promise<{ email: string }> {
  const offered = requirePending(await getInvitationByToken(token));
  const { organization, email, role } = offered;
  if (passwordIsUseless(offered)) {
    throw new UserError(`${organization.name} does not use passwords.`, {
      hint: 'Sign in through its identity provider.',
    });
  }
  const problem = passwordProblem(password, [organization.name, name, email]);
  if (problem) throw new UserError(problem, { field: 'password' });
  // Outside of the transaction: this is slow on purpose.
  const passwordHash = await hashPassword(password);

  await withTransaction(async (tx) => {
    const now = await lockOrganization(tx, organization.id);
    // The link may have been used, revoked or replaced while the password was hashed.
    const { id } = requirePending(await getInvitationByToken(token, tx));
    const user = { id: randomUUID(), name, email, role };
    const source: AuditSource = { organization, actor: { type: 'user', ...user }, context };
    await tx.invitation.update({ where: { id }, data: { acceptedAt: now } });
    recordAudit(tx, {
      ...source,
      action: 'organization.invitation.accept',
      targets: [{ type: 'invitation', id, name: email }],
      metadata: { role },
    });
    await addUser(tx, source, { ...user, passwordHash }, 'invitation');
  });
  return { email };
}

function requirePending(invitation: ReceivedInvitation | undefined): ReceivedInvitation {
  if (invitation?.state === 'pending') return invitation;
  throw new UserError('This link does not work any more.', {
    hint: 'Open it again to see why.',
  });
}
