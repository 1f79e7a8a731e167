import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Client } from 'pg';
import { Problem } from '@/bin/problem';
import { withSchemaEngine } from '@/prisma/engine';

const prismaDirectory = path.resolve(import.meta.dirname);
const lockFile = 'migration_lock.toml';

/** Any number no other program uses: instances that start together migrate one after the other. */
const advisoryLock = 4_733_217_101;

/** Every table and enum is ours. */
const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies what the database has not seen yet and returns the names, in order. Each migration is one transaction.
 * A migration that failed earlier is tried again: its transaction left nothing behind. The record of what was applied
 * is Prisma's own table, so `prisma migrate deploy` may take turns with this. Throws {@link Problem}.
 */
export async function applyMigrations(databaseUrl: string, directory = prismaDirectory): Promise<string[]> {
  const lock = await connect(databaseUrl);
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    const migrationsList = await readMigrations(directory);
    return await withSchemaEngine(databaseUrl, async (engine) => {
      const history = await engine.diagnoseMigrationHistory({
        migrationsList,
        filters,
        optInToShadowDatabase: false,
      });
      for (const migrationName of history.failedMigrationNames) {
        await engine.markMigrationRolledBack({ migrationName });
      }
      try {
        return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
      } catch (error) {
        const after = await engine.diagnoseMigrationHistory({
          migrationsList,
          filters,
          optInToShadowDatabase: false,
        });
        const name = after.failedMigrationNames.join(', ') || 'the migrations';
        throw new Problem(`The database could not be migrated: ${name} failed. ${explain(error)}`, {
          cause: error,
        });
      }
    });
  } finally {
    await lock.end();
  }
}

/**
 * The SQL that would take a database made by the migrations to what schema.prisma describes; empty when they agree.
 * What Prisma does not model (triggers, functions, checks, partial and expression indexes) does not count.
 * Needs a superuser of a throw-away cluster, for it replays the migrations in databases it leaves behind.
 */
export async function schemaDifference(superuserUrl: string, directory = prismaDirectory): Promise<string> {
  const migrations = await readMigrations(directory);
  const schemaFile = {
    path: 'schema.prisma',
    content: await readFile(path.join(directory, 'schema.prisma'), 'utf8'),
  };
  const difference = await withSchemaEngine(
    superuserUrl,
    (engine) =>
      engine.diff({
        from: { tag: 'migrations', ...migrations },
        to: { tag: 'schemaDatamodel', files: [schemaFile] },
        script: true,
        exitCode: true,
        filters,
      }),
    () => createScratchDatabase(superuserUrl),
  );
  return difference.exitCode === 0 ? '' : (difference.stdout ?? '').trim();
}

/** The migrations of `directory`, oldest first, as the engine wants them. */
async function readMigrations(directory: string): Promise<MigrationList> {
  const baseDir = path.join(directory, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = names.sort().map(async (name) => {
    const value = await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8');
    return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
  });
  return {
    baseDir,
    lockfile: { path: lockFile, content: await readFile(path.join(baseDir, lockFile), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(migrationDirectories),
  };
}

async function createScratchDatabase(superuserUrl: string): Promise<string> {
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  const client = await connect(superuserUrl);
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(superuserUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return client;
  } catch (error) {
    // The address without its password.
    const { host, pathname } = new URL(databaseUrl);
    throw new Problem(`The database ${host}${pathname} of DATABASE_URL cannot be reached: ${explain(error)}`);
  }
}

/** The cause alone: the engine writes its own name before it and its call stack after it. */
function explain(error: unknown): string {
  const text = error instanceof Error ? error.message || String(error) : String(error);
  return text
    .replace(/^external connector error\s*/i, '')
    .replace(/\n\s*0: [\s\S]*$/, '')
    .trim();
}
