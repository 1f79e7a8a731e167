import { Prisma } from '@/lib/db/generated/client';

/** Where an invitation stands. Pending and expired ones are open: a new link makes an expired one pending again. */
export const invitationStates = ['pending', 'expired', 'accepted', 'revoked'] as const;
export type InvitationState = (typeof invitationStates)[number];

/** The state of the row `i`, by the database's clock. */
export const stateOfRow = Prisma.sql`
  CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked'
       WHEN i.expires_at <= clock_timestamp() THEN 'expired' ELSE 'pending' END`;
