import { db } from '@/lib/db/client';

/**
 * Ends the running verification without a result. Does nothing when none is running. Nothing about the log or who may see
 * it changes by that, so it is no event.
 */
export async function cancelVerification(organizationId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE audit_verification SET state = 'cancelled', finished_at = clock_timestamp(), heartbeat_at = NULL
     WHERE organization_id = ${organizationId}::uuid AND state = 'running'`;
}
