import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '@/bin/ports';
import { joinPostgres } from '@/bin/postgres/cluster';
import { root } from '@/bin/settings';
import { startMailServer } from '@/lib/mail/testing/mail-server';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

const addressesSchema = z.object({
  /** The application. */
  url: z.string(),
  /** The database, as the application's account and as the superuser. */
  databaseUrl: z.string(),
  superuserUrl: z.string(),
  /** What the application prints, its set-up code among it. */
  logFile: z.string(),
  splunk: z.object({ url: z.string(), token: z.string(), index: z.string() }),
  /** Where the mails that the application sends become files. */
  mailDirectory: z.string(),
});

/** Where the parts of a stack are: plain text, so it can be handed to another process. */
export type StackAddresses = z.infer<typeof addressesSchema>;

/** The application exactly as `npm start` runs it, with a PostgreSQL, a Splunk and a mail server of its own. */
export type Stack = StackAddresses & { simulator: Simulator; stop(): Promise<void> };

const token = '0a5c6d7e-1f20-4a31-8b42-5c6d7e8f9a0b';
const index = 'audit';

/** A cold start migrates, and builds when the sources changed since the last build. */
const startDeadlineMs = 240_000;

/** Starts a stack on free ports in a temporary directory, which `stop` removes. `env` reaches the application. */
export async function startStack(env: Record<string, string> = {}): Promise<Stack> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'tracekeep-e2e-'));
  // Under root PostgreSQL runs as another account, which mkdtemp would keep out.
  await chmod(dataDirectory, 0o711);
  const simulator = await startSimulator({
    port: 0,
    tokens: [{ value: token, name: 'e2e', defaultIndex: index, allowedIndexes: [index, 'main'] }],
    indexes: [index, 'main'],
  });
  const mailDirectory = path.join(dataDirectory, 'mail');
  const mailServer = await startMailServer({ directory: mailDirectory });
  const logFile = path.join(dataDirectory, 'application.log');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const application = await spawnApplication(logFile, {
    ALLOW_LOOPBACK: '1',
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'Tracekeep <tracekeep@acme.example>',
    ...env,
    DATA_DIR: dataDirectory,
    DATABASE_URL: '',
    PORT: String(port),
    PUBLIC_URL: url,
  });
  const stop = async () => {
    await endApplication(application);
    await simulator.close();
    await mailServer.close();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    await untilServing(application, url, logFile);
    const { url: databaseUrl, superuserUrl } = await joinPostgres(dataDirectory);
    const splunk = { url: simulator.url, token, index };
    return { url, databaseUrl, superuserUrl, logFile, splunk, mailDirectory, simulator, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The variable through which the stack of the whole run (e2e/global-setup.ts) reaches the tests. */
const variable = 'TRACEKEEP_E2E_STACK';

export function shareStack({ simulator: _, stop: __, ...addresses }: Stack): void {
  process.env[variable] = JSON.stringify(addresses);
}

/** The stack that all specs of this run share. */
export function sharedStack(): StackAddresses {
  return addressesSchema.parse(JSON.parse(process.env[variable] ?? 'null'));
}

/** Runs `npm start` with these variables; what it prints goes to a file. */
export async function spawnApplication(logFile: string, env: Record<string, string>): Promise<ChildProcess> {
  const log = await open(logFile, 'a');
  try {
    return spawn(process.execPath, [path.join(root, 'bin/start.mjs')], {
      // npm's own variables would make the application watch for the end of npm's shell.
      env: { ...process.env, npm_lifecycle_event: '', NODE_OPTIONS: '', ...env },
      stdio: ['ignore', log.fd, log.fd],
    });
  } finally {
    await log.close();
  }
}

/** Throws, with what it printed, when it ends instead. */
export async function untilServing(application: ChildProcess, url: string, logFile: string): Promise<void> {
  const deadline = Date.now() + startDeadlineMs;
  while (Date.now() < deadline && application.exitCode === null) {
    if (await fetch(url, { redirect: 'manual' }).catch(() => undefined)) return;
    await sleep(100);
  }
  throw new Error(`The application did not start:\n${await readFile(logFile, 'utf8')}`);
}

export async function endApplication(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
