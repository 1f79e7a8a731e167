import { z } from 'zod';
import { db } from '@/lib/db/client';

/** How many events of an integration stand where; all zero for one of another organization. */
export type ParkedCounts = {
  /** They wait for an admin. */
  readonly parked: number;
  /** An admin wants them to be tried again, and that has not happened yet. */
  readonly retrying: number;
  /** Delivered after all, or dismissed. */
  readonly settled: number;
};

/** Counts an integration's parked events by what is to become of them. */
export async function countParked(organizationId: string, integrationId: string): Promise<ParkedCounts> {
  if (!z.uuid().safeParse(integrationId).success) return { parked: 0, retrying: 0, settled: 0 };
  const groups = await db().siemParked.groupBy({
    by: 'state',
    where: { integrationId, integration: { organizationId } },
    _count: true,
  });
  const of = (state: string) => groups.find((group) => group.state === state)?._count ?? 0;
  return { parked: of('parked'), retrying: of('retrying'), settled: of('delivered') + of('dismissed') };
}
