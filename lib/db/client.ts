import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/lib/db/generated/client';
import { pool } from '@/lib/db/pool';

const key = Symbol.for('tracekeep.prisma');
const registry = globalThis as typeof globalThis & { [key]?: PrismaClient };

/** The one Prisma client of this process, on the shared pool. */
export function db(): PrismaClient {
  registry[key] ??= new PrismaClient({ adapter: new PrismaPg(pool(), { disposeExternalPool: false }) });
  return registry[key];
}
