import { db } from '@/lib/db/client';

let found = false;

/** Whether the set-up is done. Once it is, it stays so, and the database is not asked again. */
export async function hasOrganization(): Promise<boolean> {
  found ||= (await db().organization.findFirst({ select: { id: true } })) !== null;
  return found;
}
