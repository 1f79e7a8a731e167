import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { type Cluster, startPostgres } from '@/bin/postgres/cluster';
import { findPostmaster, stopPostmaster } from '@/bin/postgres/postmaster';
import { applyMigrations } from '@/prisma/migrations';

/** The migrated, empty database that tests clone. */
export const templateDatabase = 'tracekeep';
const prefix = 'tracekeep-test-';

/** A PostgreSQL in a temporary directory whose database `tracekeep` is migrated; `stop` removes it. */
export async function startTestCluster(): Promise<Cluster> {
  await sweepLeftovers();
  const dataDirectory = await mkdtemp(path.join(tmpdir(), prefix));
  // mkdtemp closes the directory to everybody else, also to the account that PostgreSQL runs as under root.
  await chmod(dataDirectory, 0o711);
  const cluster = await startPostgres({ dataDirectory, durable: false });
  const stop = async () => {
    await cluster.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    await applyMigrations(cluster.url);
    return { ...cluster, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs one statement on the cluster, outside of any transaction as CREATE DATABASE demands. */
export async function runAsSuperuser(superuserUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Ends the PostgreSQL of a test run that was killed before it could do so. */
async function sweepLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const directory = path.join(tmpdir(), name);
    const running = findPostmaster(path.join(directory, 'postgres'));
    if (!running?.orphan) continue;
    await stopPostmaster(running.pid);
    await rm(directory, { recursive: true, force: true });
  }
}
