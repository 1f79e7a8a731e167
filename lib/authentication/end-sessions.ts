import type { AuditSource, Change } from '@/lib/audit/event';
import type { Tx } from '@/lib/audit/transaction';
import type { SignInMethod } from '@/lib/auth/methods';

/**
 * Ends the sessions that began by a method nobody can use any more. E-mail stays open to admins, so theirs go on. So does
 * the session of whoever switches it off: it ends by itself, and until then they can undo what they did.
 */
export async function endSessionsBy(
  tx: Tx,
  { organization, context }: AuditSource,
  method: SignInMethod,
  connectionId?: string,
): Promise<Change[]> {
  const { count } = await tx.session.updateMany({
    where: {
      organizationId: organization.id,
      method,
      revokedAt: null,
      expiresAt: { gt: new Date() },
      ...(connectionId !== undefined && { connectionId }),
      ...(method === 'email' && { user: { role: { not: 'admin' } } }),
      ...(context.session_id !== undefined && { id: { not: context.session_id } }),
    },
    data: { revokedAt: new Date() },
  });
  return count === 0 ? [] : [{ field: 'sessions', from: String(count), to: '0' }];
}
