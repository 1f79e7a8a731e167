import { Prisma } from '@/lib/db/generated/client';

/** The state (state.ts) of the row `i` of invitations, by the database's clock. */
export const stateOfRow = Prisma.sql`
  CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked'
       WHEN i.expires_at <= clock_timestamp() THEN 'expired' ELSE 'pending' END`;
