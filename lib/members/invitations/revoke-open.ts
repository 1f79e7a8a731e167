import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import type { Tx } from '@/lib/audit/transaction';
import type { Prisma } from '@/lib/db/generated/client';

type Which = Pick<Prisma.InvitationWhereInput, 'id' | 'email' | 'invitedById'>;

/**
 * Revokes the open invitations of the source's organization that fit, in the caller's transaction, each with its own
 * `organization.invitation.revoke`: their links are dead. Returns the addresses.
 */
export async function revokeOpen(tx: Tx, source: AuditSource, which: Which): Promise<string[]> {
  const revoked = await tx.invitation.updateManyAndReturn({
    where: { ...which, organizationId: source.organization.id, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date() },
    select: { id: true, email: true },
  });
  for (const { id, email } of revoked) {
    recordAudit(tx, {
      ...source,
      action: 'organization.invitation.revoke',
      targets: [{ type: 'invitation', id, name: email }],
      metadata: {},
    });
  }
  return revoked.map(({ email }) => email);
}
