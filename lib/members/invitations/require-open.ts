import { z } from 'zod';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import type { Prisma } from '@/lib/db/generated/client';

/**
 * An invitation that nobody has accepted or revoked. Throws a UserError otherwise, the same for an id of another
 * organization and for one of nobody.
 */
export async function requireOpen(
  client: Pick<Prisma.TransactionClient, 'invitation'>,
  { organization }: AuditSource,
  id: string,
) {
  const invitation = z.uuid().safeParse(id).success
    ? await client.invitation.findUnique({
        where: { id, organizationId: organization.id },
        omit: { tokenHash: true },
      })
    : null;
  if (!invitation) throw new UserError('There is no such invitation.', { hint: 'Go back to Invitations.' });
  if (invitation.acceptedAt) {
    throw new UserError(`${invitation.email} has accepted this invitation.`, {
      hint: 'Find the person under Members.',
    });
  }
  if (invitation.revokedAt) {
    throw new UserError('This invitation was revoked.', { hint: 'Invite the person again.' });
  }
  return invitation;
}
