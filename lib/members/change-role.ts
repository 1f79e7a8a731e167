import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import type { Role } from '@/lib/auth/permissions';
import {
  administer,
  findSubject,
  requireAdminWayIn,
  requireOtherAdmin,
  requireSomebodyElse,
} from '@/lib/members/administer';
import { revokeOpen } from '@/lib/members/invitations/revoke-open';

/**
 * Gives a member another role, which holds from their next request, and records `user.update_role`. Open invitations of
 * somebody who is no longer an admin are revoked with it. The same role again changes and records nothing. Throws a
 * UserError for one's own role, for the only admin's, and for an id that the organization does not know.
 */
export async function changeRole(source: AuditSource, id: string, role: Role): Promise<void> {
  await withTransaction(async (tx) => {
    await administer(tx, source);
    const member = await findSubject(tx, source, id);
    const from = member.role;
    if (from === role) return;
    if (from === 'admin') await requireOtherAdmin(tx, source, member);
    requireSomebodyElse(source, member, 'You cannot change your own role.');

    await tx.user.update({
      where: { organizationId_id: { organizationId: source.organization.id, id } },
      data: { role },
    });
    if (from === 'admin') await requireAdminWayIn(tx, source);
    recordAudit(tx, {
      ...source,
      action: 'user.update_role',
      targets: [{ type: 'user', id, name: member.name }],
      changes: [{ field: 'role', from, to: role }],
      metadata: { from, to: role },
    });
    if (from === 'admin') await revokeOpen(tx, source, { invitedById: id });
  });
}
