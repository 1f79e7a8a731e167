import pg from 'pg';
import { env } from '@/lib/env';

// Next bundles routes and instrumentation separately, so a module-level constant would open one pool per bundle.
const key = Symbol.for('tracekeep.pg-pool');
const registry = globalThis as typeof globalThis & { [key]?: pg.Pool };

function createPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 20,
    application_name: 'tracekeep',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  // An idle connection that the server closes emits here; without a listener the process would end.
  pool.on('error', () => undefined);
  return pool;
}

/** The one connection pool of this process, opened at first use. */
export function pool(): pg.Pool {
  registry[key] ??= createPool();
  return registry[key];
}

/** Closes every connection of the pool; a later query opens a new one. The end of a process needs no more; where it goes on, call closeDatabase. */
export async function endPool(): Promise<void> {
  const open = registry[key];
  delete registry[key];
  await open?.end();
}
