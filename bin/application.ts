import { buildApplication, generateClient } from '@/bin/build';
import { requireFreePort } from '@/bin/ports';
import { startPostgres } from '@/bin/postgres/cluster';
import { type Program, stage } from '@/bin/program';
import { keptSecret } from '@/bin/secret';
import { startServer } from '@/bin/server';
import { loadSettings, type Settings } from '@/bin/settings';
import { type Env, parseEnv } from '@/lib/env';
import { applyMigrations } from '@/prisma/migrations';

/** Served from a build, or compiled page by page as it is opened, with changes shown at once. */
type Mode = 'production' | 'development';

/**
 * Completes the environment with what a fresh clone lacks, checks it, and checks that the port is free: everything
 * that can be refused at once is refused before the first long step.
 */
export async function prepareEnvironment({ dataDirectory, databaseUrl }: Settings): Promise<Env> {
  process.env.APP_SECRET ||= await keptSecret(dataDirectory);
  const port = process.env.PORT || '3000';
  // A port that is no port is reported as such, and not once more as an address.
  if (URL.canParse(`http://localhost:${port}`)) process.env.PUBLIC_URL ||= `http://localhost:${port}`;
  // The embedded PostgreSQL has no address before it runs.
  const environment = parseEnv({ ...process.env, DATABASE_URL: databaseUrl ?? 'postgresql://embedded' });
  await requireFreePort('PORT', environment.PORT, environment.HOST);
  return environment;
}

/** Brings up the database: the embedded one unless DATABASE_URL names another. Leaves DATABASE_URL set and migrated. */
export async function startDatabase(
  program: Program,
  { dataDirectory, databaseUrl }: Settings,
): Promise<void> {
  if (!databaseUrl) {
    const cluster = await stage(program, 'Starting PostgreSQL', () => startPostgres({ dataDirectory }));
    program.atExit(() => cluster.stop());
    process.env.DATABASE_URL = cluster.url;
  }
  await stage(program, 'Migrating the database', () => applyMigrations(process.env.DATABASE_URL ?? ''));
}

/** Builds if need be and serves; at the end of the program the server ends before the database does. */
export async function serve(program: Program, { HOST, PORT }: Env, mode: Mode): Promise<void> {
  if (mode === 'production') await buildApplication(program);
  program.signal.throwIfAborted();
  const server = await startServer({ dev: mode === 'development', host: HOST, port: PORT });
  program.atExit(() => server.close());
}

/** `npm start` and `npm run dev`: everything, until a signal comes. */
export async function runApplication(program: Program, mode: Mode): Promise<void> {
  const settings = loadSettings();
  const environment = await prepareEnvironment(settings);
  await generateClient(program);
  await startDatabase(program, settings);
  await serve(program, environment, mode);
  console.log(`Tracekeep is at ${environment.PUBLIC_URL} (stop it with Ctrl-C)`);
  await program.untilStopped();
}
