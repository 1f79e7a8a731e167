import { db } from '@/lib/db/client';
import type { StreamState } from '@/lib/db/generated/enums';

/** What an admin has to know first, first. */
const order: readonly StreamState[] = ['blocked', 'degraded', 'paused', 'healthy'];

/** Where an organization's streams stand, as one state: the worst. Undefined without an integration. */
export async function worstStreamState(organizationId: string): Promise<StreamState | undefined> {
  const streams = await db().siemStream.findMany({ where: { organizationId }, select: { state: true } });
  return order.find((state) => streams.some((stream) => stream.state === state));
}
