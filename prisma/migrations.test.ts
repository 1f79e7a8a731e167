import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '@/bin/settings';
import { applyMigrations, schemaDifference } from '@/prisma/migrations';
import { runAsSuperuser } from '@/test/cluster';
import { useDatabase } from '@/test/database';

const { url, superuserUrl } = useDatabase();

let directory = '';
let empty = { url: '', superuserUrl: '' };
let count = 0;

/** A copy of prisma/ to alter, and an empty database beside the migrated one. */
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  for (const part of ['schema.prisma', 'migrations']) {
    await cp(path.join(root, 'prisma', part), path.join(directory, part), { recursive: true });
  }
  count += 1;
  const name = `${new URL(url).pathname.slice(1)}_${count}`;
  await runAsSuperuser(superuserUrl, `CREATE DATABASE ${name} OWNER tracekeep`);
  const named = (address: string) => Object.assign(new URL(address), { pathname: `/${name}` }).href;
  empty = { url: named(url), superuserUrl: named(superuserUrl) };
});
afterEach(async () => {
  await runAsSuperuser(superuserUrl, `DROP DATABASE ${new URL(empty.url).pathname.slice(1)} WITH (FORCE)`);
  await rm(directory, { recursive: true, force: true });
});

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(path.join(directory, 'migrations', name), { recursive: true });
  await writeFile(path.join(directory, 'migrations', name, 'migration.sql'), sql);
}

async function ask(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: empty.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('migrations are applied once: the second time there is nothing to do', async () => {
  const first = await applyMigrations(empty.url, directory);
  expect(first.length).toBeGreaterThan(0);
  expect(await applyMigrations(empty.url, directory)).toEqual([]);
  expect(
    await ask('SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL'),
  ).toEqual(first.map((name) => ({ name })));
});

test('instances that start together migrate once, not against each other', async () => {
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(empty.url, directory)));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
});

test('a script is one transaction: what fails half way leaves nothing, names itself, and can be tried again', async () => {
  await addMigration('29990101000000_wrong', 'CREATE TABLE first (id int); INSERT INTO missing VALUES (1);');
  const attempt = () => applyMigrations(empty.url, directory);
  await expect(attempt()).rejects.toThrow(/29990101000000_wrong failed\. .*missing/s);
  await expect(attempt()).rejects.toThrow(/29990101000000_wrong failed\. .*missing/s);
  expect(await ask(`SELECT to_regclass('first') AS first`)).toEqual([{ first: null }]);
  await addMigration('29990101000000_wrong', 'CREATE TABLE first (id int);');
  expect(await attempt()).toEqual(['29990101000000_wrong']);
});

test('a database that cannot be reached is named without its password', async () => {
  const unreachable = 'postgresql://tracekeep:hunter2@127.0.0.1:1/audit';
  const failure = await applyMigrations(unreachable).catch((error: unknown) => String(error));
  expect(failure).toContain('The database 127.0.0.1:1/audit of DATABASE_URL cannot be reached');
  expect(failure).not.toContain('hunter2');
});

test('schema.prisma and the migrations agree', async () => {
  expect(await schemaDifference(empty.superuserUrl, directory)).toBe('');
});

test('a column added to schema.prisma alone is found, with the SQL that is missing', async () => {
  const file = path.join(directory, 'schema.prisma');
  const schema = await readFile(file, 'utf8');
  await writeFile(file, schema.replace('model Organization {', 'model Organization {\n  motto String?'));
  expect(await schemaDifference(empty.superuserUrl, directory)).toMatch(
    /ALTER TABLE "organization" ADD COLUMN\s+"motto" TEXT/,
  );
});

test('a column added by a migration alone is found', async () => {
  await addMigration('29990101000000_motto', 'ALTER TABLE organization ADD COLUMN motto text;');
  expect(await schemaDifference(empty.superuserUrl, directory)).toContain('DROP COLUMN "motto"');
});

test('functions, triggers, checks, and partial and expression indexes are no difference', async () => {
  await addMigration(
    '29990101000000_rules',
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no; never'; RETURN NULL; END $$;
     CREATE TRIGGER refuse BEFORE DELETE ON organization FOR EACH ROW EXECUTE FUNCTION refuse();
     ALTER TABLE organization ADD CONSTRAINT named CHECK (name <> '');
     CREATE INDEX organization_named ON organization (id) WHERE name <> '';
     CREATE INDEX organization_lower ON organization (lower(name));`,
  );
  expect(await schemaDifference(empty.superuserUrl, directory)).toBe('');
});
