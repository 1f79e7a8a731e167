import { db } from '@/lib/db/client';

export type OpenInvitations = {
  pending: number;
  /** When the first of them ends; null without any. */
  nextExpiry: Date | null;
};

/** Invitations that nobody has answered yet. */
export async function countOpenInvitations(organizationId: string): Promise<OpenInvitations> {
  const { _count, _min } = await db().invitation.aggregate({
    where: { organizationId, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    _count: true,
    _min: { expiresAt: true },
  });
  return { pending: _count, nextExpiry: _min.expiresAt };
}
