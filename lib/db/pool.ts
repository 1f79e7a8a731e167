import { Socket } from 'node:net';
import pg from 'pg';
import { env } from '@/lib/env';

// Next bundles routes and instrumentation separately, so a module-level constant would open one pool per bundle.
const key = Symbol.for('tracekeep.pg-pool');
const registry = globalThis as typeof globalThis & { [key]?: pg.Pool };

/** PostgreSQL ends every statement, and every transaction that is left open, after so long. */
const patienceMs = 15_000;

/**
 * A connection that PostgreSQL said nothing on for so long is dead: some firewalls forget one without telling either side,
 * and whoever waits for its answer would wait for a quarter of an hour, with its place in the pool.
 */
const silenceMs = 20_000;

/** A pool of connections, which are ended when they stay silent for `silentMs` while an answer is due. */
export function createPool(silentMs = silenceMs): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 20,
    application_name: 'tracekeep',
    connectionTimeoutMillis: 5_000,
    // Before the silence of an idle one would be taken for death.
    idleTimeoutMillis: silentMs / 2,
    statement_timeout: patienceMs,
    idle_in_transaction_session_timeout: patienceMs,
    stream: () => mortalSocket(silentMs),
  });
  // A connection that ends tells whoever asks through it, and emits this besides; without a listener the process would end.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function mortalSocket(silentMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silentMs, () => socket.destroy(new Error('PostgreSQL has stopped answering')));
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
