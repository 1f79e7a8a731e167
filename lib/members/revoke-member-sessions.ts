import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { endSessionsOf } from '@/lib/auth/session';
import { administer, findSubject, requireSomebodyElse } from '@/lib/members/administer';

/**
 * Signs a member out everywhere and records `user.revoke_sessions`; with no session to end nothing is recorded. Returns
 * how many there were. Throws a UserError for oneself and for an id that the organization does not know.
 */
export async function revokeMemberSessions(source: AuditSource, id: string): Promise<number> {
  return withTransaction(async (tx) => {
    await administer(tx, source);
    const member = await findSubject(tx, source, id);
    requireSomebodyElse(source, member, 'Your own sessions are not ended here.', 'End them under Account.');
    const ended = await endSessionsOf(tx, id);
    if (ended > 0) {
      recordAudit(tx, {
        ...source,
        action: 'user.revoke_sessions',
        targets: [{ type: 'user', id, name: member.name }],
        metadata: { sessions_ended: ended },
      });
    }
    return ended;
  });
}
