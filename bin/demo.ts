import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { prepareEnvironment, serve, startDatabase } from '@/bin/application';
import { generateClient } from '@/bin/build';
import { requireFreePort } from '@/bin/ports';
import { findPostmaster, stopPostmaster } from '@/bin/postgres/postmaster';
import { Problem } from '@/bin/problem';
import { runProgram, stage } from '@/bin/program';
import { loadSettings } from '@/bin/settings';
import { startLocalSplunk } from '@/splunk/simulator/local';

// The program behind `npm run demo`: the application with a believable organization, and a Splunk to connect it to.

const portSchema = z.coerce.number().int().min(1).max(65_535).catch(0);

await runProgram(async (program) => {
  // A real installation's `.env` must not lend the demo its database.
  const settings = loadSettings({ dotEnv: false, within: 'demo' });
  // The rehearsal Splunk is on this machine, which an administrator may otherwise not name.
  process.env.ALLOW_LOOPBACK = '1';
  await emptyDirectory(settings.dataDirectory);
  const environment = await prepareEnvironment(settings);
  const splunkPort = await freeSplunkPort();

  await generateClient(program);
  await startDatabase(program, settings);
  if (settings.databaseUrl) await requireEmptyDatabase(settings.databaseUrl);
  // Imported here because its modules read DATABASE_URL, and use the client that was generated just now.
  const { seedDemo } = await import('@/prisma/seed');
  const local = await startLocalSplunk({ port: splunkPort, dataDir: settings.dataDirectory });
  program.atExit(() => local.splunk.close());
  const account = await stage(program, 'Filling in an organization', () =>
    seedDemo({ splunkPage: local.pageUrl }),
  );
  await serve(program, environment, 'production');

  console.log(`
Sign in, open Settings > SIEM and add the integration below. Every event then arrives on the page
${local.pageUrl} of the Splunk simulator. Ctrl-C stops everything.

URL: ${environment.PUBLIC_URL}
E-mail: ${account.email}
Password: ${account.password}
HEC URL: ${local.hecUrl}
HEC Token: ${local.token}
Index: ${local.index}`);
  await program.untilStopped();
});

/** Each demo begins anew. One that is running keeps its data, and is left to `startPostgres` to report. */
async function emptyDirectory(directory: string): Promise<void> {
  const running = findPostmaster(`${directory}/postgres`);
  if (running && !running.orphan) return;
  if (running) await stopPostmaster(running.pid);
  await rm(directory, { recursive: true, force: true });
}

async function freeSplunkPort(): Promise<number> {
  const port = portSchema.parse(process.env.SPLUNK_PORT || 8088);
  if (port === 0) throw new Problem('SPLUNK_PORT must be a port number.');
  await requireFreePort('SPLUNK_PORT', port, '127.0.0.1');
  return port;
}

async function requireEmptyDatabase(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rowCount } = await client.query('SELECT FROM organization LIMIT 1').finally(() => client.end());
  if (rowCount) {
    throw new Problem(
      'The database of DATABASE_URL is in use already. The demo needs an empty one, or none: unset it.',
    );
  }
}
