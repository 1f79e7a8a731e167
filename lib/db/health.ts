import { db } from '@/lib/db/client';

/** Resolves when the database answers. Rejects with the driver's error, which is for the log and for nobody else. */
export async function requireDatabase(): Promise<void> {
  await db().$queryRaw`SELECT 1`;
}
