import { z } from 'zod';
import { db } from '@/lib/db/client';
import { NotFoundError } from '@/lib/siem/integrations/refusal';

/**
 * Lets a stream that fails try again at once instead of after its wait; a blocked one sends its one event. Whoever sends
 * finds it within a second. Changes nothing of the settings and nothing of what is sent, so it is no event of the log: what
 * comes of it is one. Does nothing to a stream that does not fail. Throws {@link NotFoundError}, for an id of another
 * organization too.
 */
export async function retryNow(organizationId: string, id: string): Promise<void> {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const rows = await db().$queryRaw<{ id: string }[]>`
    UPDATE siem_stream
       SET next_attempt_at = CASE WHEN state IN ('degraded', 'blocked') THEN least(next_attempt_at, clock_timestamp())
                                  ELSE next_attempt_at END
     WHERE integration_id = ${id}::uuid AND organization_id = ${organizationId}::uuid
    RETURNING integration_id AS id`;
  if (rows.length === 0) throw new NotFoundError();
}
