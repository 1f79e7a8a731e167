import type { AuditSource } from '@/lib/audit/event';
import { withTransaction } from '@/lib/audit/transaction';
import { administer } from '@/lib/members/administer';
import { requireOpen } from '@/lib/members/invitations/require-open';
import { revokeOpen } from '@/lib/members/invitations/revoke-open';

/**
 * Revokes an open invitation, expired or not, and records it: its link is dead from now on. Throws a UserError for one
 * that was accepted or revoked before, and for an id that the organization does not know.
 */
export async function revokeInvitation(source: AuditSource, id: string): Promise<void> {
  await withTransaction(async (tx) => {
    await administer(tx, source);
    await requireOpen(tx, source, id);
    await revokeOpen(tx, source, { id });
  });
}
