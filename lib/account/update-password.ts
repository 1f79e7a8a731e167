import 'server-only';
import { UserError } from '@/lib/action/user-error';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { type Actor, actorSource } from '@/lib/auth/actor-source';
import { checkPassword, type Refusal } from '@/lib/auth/check-password';
import { hashPassword } from '@/lib/auth/password';
import { passwordProblem } from '@/lib/auth/password-policy';
import { renewSession } from '@/lib/auth/renew-session';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';
import { endOtherSessionsIn } from '@/lib/auth/session';
import { writeSessionToken } from '@/lib/auth/session-token';

type Passwords = { currentPassword: string; newPassword: string };

/**
 * Replaces the actor's password, ends all of their other sessions, gives this one another token, and records
 * `user.update_password`, all or nothing. The current password is throttled and its failures recorded like those of a
 * sign-in; then nothing changes, and the answer says why. Throws a UserError at `newPassword` when the policy refuses it.
 */
export async function updatePassword(
  actor: Actor,
  { currentPassword, newPassword }: Passwords,
  request: RequestContext,
): Promise<Refusal | undefined> {
  const { user, organization } = actor;
  const problem = passwordProblem(newPassword, [organization.name, user.name, user.email]);
  if (problem) throw new UserError(problem, { field: 'newPassword' });
  const current = { email: user.email, password: currentPassword };
  const result = await checkPassword(current, request, 'confirm');
  if (!('userId' in result)) return result;
  if (newPassword === currentPassword) {
    throw new UserError('This is the password you have.', { field: 'newPassword', hint: 'Choose another.' });
  }

  const passwordHash = await hashPassword(newPassword);
  const token = await withTransaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { passwordHash } });
    const ended = await endOtherSessionsIn(tx, actor);
    recordAudit(tx, {
      ...actorSource(actor, auditContext(request)),
      action: 'user.update_password',
      targets: [{ type: 'user', id: user.id, name: user.name }],
      metadata: { sessions_ended: ended },
    });
    return renewSession(tx, actor.sessionId);
  });
  await writeSessionToken(token);
  return undefined;
}
