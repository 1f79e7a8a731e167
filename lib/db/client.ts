import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/lib/db/generated/client';
import { endPool, pool } from '@/lib/db/pool';

const key = Symbol.for('tracekeep.prisma');
const registry = globalThis as typeof globalThis & { [key]?: PrismaClient };

/** The one Prisma client of this process, on the shared pool. */
export function db(): PrismaClient {
  registry[key] ??= new PrismaClient({ adapter: new PrismaPg(pool(), { disposeExternalPool: false }) });
  return registry[key];
}

/** Closes every connection of this process. A later query opens new ones. */
export async function closeDatabase(): Promise<void> {
  delete registry[key];
  await endPool();
}
