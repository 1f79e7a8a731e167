import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db/client';
import type { Attempt } from '@/lib/siem/delivery/attempt';

/**
 * Gives an integration another channel: Splunk holds as many unasked acknowledgements for the present one as it can
 * (code 27), and we ask for none. Nothing depends on a channel but that it stays the same from request to request.
 */
export async function renewChannel({ integrationId: id, channel }: Attempt): Promise<void> {
  await db().siemIntegration.updateMany({ where: { id, channel }, data: { channel: randomUUID() } });
}
