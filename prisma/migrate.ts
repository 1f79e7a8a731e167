import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { joinPostgres, withThrowAwayPostgres } from '@/bin/postgres/cluster';
import { Problem } from '@/bin/problem';
import { runProgram } from '@/bin/program';
import { loadSettings } from '@/bin/settings';
import { applyMigrations, schemaDifference } from '@/prisma/migrations';

const usage = `Usage: migrate apply           brings the database up to date
       migrate diff            prints the SQL by which schema.prisma is ahead of the migrations, and then exits 1
       migrate create <name>   writes that SQL into a new migration`;

async function main([command, name]: readonly string[]): Promise<void> {
  if (command === 'apply') return apply();
  if (command === 'diff') return diff();
  if (command === 'create' && name !== undefined) return create(name);
  throw new Problem(usage);
}

async function apply(): Promise<void> {
  const { databaseUrl, dataDirectory } = loadSettings();
  const cluster = databaseUrl ? undefined : await joinPostgres(dataDirectory);
  try {
    const applied = await applyMigrations(databaseUrl ?? cluster?.url ?? '');
    console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date');
  } finally {
    await cluster?.stop();
  }
}

async function diff(): Promise<void> {
  const sql = await withThrowAwayPostgres(({ superuserUrl }) => schemaDifference(superuserUrl));
  if (!sql) return console.log('schema.prisma and the migrations agree');
  console.log(sql);
  throw new Problem(
    'schema.prisma differs from the migrations by the SQL above. Add it: npm run db:create <name>',
  );
}

async function create(name: string): Promise<void> {
  if (!/^[a-z0-9_]{1,60}$/.test(name))
    throw new Problem('The name is made of a-z, 0-9 and _, such as add_api_keys.');
  const sql = await withThrowAwayPostgres(({ superuserUrl }) => schemaDifference(superuserUrl));
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const directory = path.join(import.meta.dirname, 'migrations', `${timestamp}_${name}`);
  await mkdir(directory);
  await writeFile(path.join(directory, 'migration.sql'), `${sql}\n`);
  console.log(
    `Wrote ${path.relative(process.cwd(), directory)}/migration.sql${sql ? '' : ' (empty: nothing differs)'}`,
  );
}

await runProgram(() => main(process.argv.slice(2)));
