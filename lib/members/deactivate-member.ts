import { revokeKeysOf } from '@/lib/api-keys/revoke-keys-of';
import type { AuditSource, Change } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { endSessionsOf } from '@/lib/auth/session';
import {
  administer,
  findSubject,
  requireAdminWayIn,
  requireOtherAdmin,
  requireSomebodyElse,
} from '@/lib/members/administer';
import { revokeOpen } from '@/lib/members/invitations/revoke-open';

const statusChange = (from: string, to: string): Change[] => [{ field: 'status', from, to }];

/**
 * Takes all access from a member at once: every session ends, every API key and every open invitation of theirs is
 * revoked, each recorded, and `user.deactivate` with them. Name and history stay. Does nothing when it was done before.
 * Throws a UserError for oneself, for the only admin, and for an id that the organization does not know.
 */
export async function deactivateMember(source: AuditSource, id: string): Promise<void> {
  await withTransaction(async (tx) => {
    await administer(tx, source);
    const member = await findSubject(tx, source, id);
    if (member.status === 'deactivated') return;
    await requireOtherAdmin(tx, source, member);
    requireSomebodyElse(source, member, 'You cannot deactivate yourself.');

    await tx.user.update({
      where: { organizationId_id: { organizationId: source.organization.id, id } },
      data: { status: 'deactivated' },
    });
    if (member.role === 'admin') await requireAdminWayIn(tx, source);
    const sessionsEnded = await endSessionsOf(tx, id);
    const keysRevoked = await revokeKeysOf(tx, source, id);
    await revokeOpen(tx, source, { invitedById: id });
    recordAudit(tx, {
      ...source,
      action: 'user.deactivate',
      targets: [{ type: 'user', id, name: member.name }],
      changes: statusChange('active', 'deactivated'),
      metadata: { sessions_ended: sessionsEnded, api_keys_revoked: keysRevoked },
    });
  });
}

/**
 * Lets a deactivated member sign in again, with the role they had, and records `user.reactivate`. Sessions, keys and
 * invitations that ended stay ended. Does nothing for an active member. Throws a UserError for an unknown id.
 */
export async function reactivateMember(source: AuditSource, id: string): Promise<void> {
  await withTransaction(async (tx) => {
    await administer(tx, source);
    const member = await findSubject(tx, source, id);
    if (member.status === 'active') return;
    await tx.user.update({
      where: { organizationId_id: { organizationId: source.organization.id, id } },
      data: { status: 'active' },
    });
    recordAudit(tx, {
      ...source,
      action: 'user.reactivate',
      targets: [{ type: 'user', id, name: member.name }],
      changes: statusChange('deactivated', 'active'),
      metadata: {},
    });
  });
}
