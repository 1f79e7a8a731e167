import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeLiteral } from 'pg';
import { freePort } from '@/bin/ports';
import { commandFor, launchFor, withReach } from '@/bin/postgres/account';
import { type PostgresBinaries, postgresBinaries } from '@/bin/postgres/binaries';
import { clusterPassword, initialiseCluster } from '@/bin/postgres/initialise';
import {
  clusterName,
  findPostmaster,
  isRunning,
  removeStaleLock,
  stopPostmaster,
} from '@/bin/postgres/postmaster';
import { Problem } from '@/bin/problem';

/** A running embedded PostgreSQL. */
export type Cluster = {
  /** Signs in as `tracekeep`, which owns the database `tracekeep` and is no superuser. */
  url: string;
  /** Signs in as `postgres`, the superuser, to the database `postgres`. */
  superuserUrl: string;
  /** Ends it in good order: sessions closed, everything on disk. Does nothing the second time. */
  stop(): Promise<void>;
};

type Options = {
  dataDirectory: string;
  /** A throw-away cluster need not survive a power cut: it starts and writes faster. */
  durable?: boolean;
};

/** An untouched cluster answers within a second; one that recovers from a crash replays at most 1 GB of log. */
const startDeadlineMs = 120_000;

/** Loopback only, no socket file, and every setting visible here rather than in a file of the cluster. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=128MB',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_checkpoints=off',
  // Several analyses in parallel would outgrow the 64 MB of shared memory that a container has.
  'max_parallel_workers_per_gather=0',
];
const throwAwaySettings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
];

/**
 * Starts the PostgreSQL of `${dataDirectory}/postgres` on a free loopback port, creating it the first time. A cluster
 * left running by a command that was killed is ended first. Throws {@link Problem} when another live command uses it.
 */
export async function startPostgres({ dataDirectory, durable = true }: Options): Promise<Cluster> {
  const directory = path.resolve(dataDirectory, 'postgres');
  await mkdir(path.dirname(directory), { recursive: true, mode: 0o711 });
  const binaries = await postgresBinaries();
  const launch = launchFor(directory);
  const password = await clusterPassword(`${directory}.password`, existsSync(directory));
  if (!existsSync(directory)) await initialiseCluster(directory, binaries.initdb, password, launch);

  const { pid, port } = await startServer(binaries, directory, durable);
  const cluster = { ...urlsOf(port, password), stop: () => stopPostmaster(pid) };
  try {
    await createDatabase(cluster.superuserUrl, password);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/**
 * The cluster of `dataDirectory` for a short task: the running one if there is one (its `stop` then does nothing),
 * else one started for the occasion.
 */
export async function joinPostgres(dataDirectory: string): Promise<Cluster> {
  const directory = path.resolve(dataDirectory, 'postgres');
  const running = findPostmaster(directory);
  if (!running?.ready || running.orphan) return startPostgres({ dataDirectory });
  const password = await clusterPassword(`${directory}.password`, true);
  return { ...urlsOf(running.port, password), stop: async () => {} };
}

/** Runs `work` with a cluster that exists only for it. */
export async function withThrowAwayPostgres<T>(work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'tracekeep-'));
  // mkdtemp closes the directory to everybody else, also to the account that PostgreSQL runs as under root.
  await chmod(dataDirectory, 0o711);
  try {
    const cluster = await startPostgres({ dataDirectory, durable: false });
    return await work(cluster).finally(() => cluster.stop());
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function endLeftover(directory: string): Promise<void> {
  const running = findPostmaster(directory);
  if (!running) return removeStaleLock(directory);
  if (!running.orphan) {
    throw new Problem(
      `${path.dirname(directory)} is in use by another Tracekeep. Stop that one, or set DATA_DIR to another directory.`,
    );
  }
  await stopPostmaster(running.pid);
}

async function startServer(binaries: PostgresBinaries, directory: string, durable: boolean) {
  const launch = withReach(launchFor(directory), binaries.postgres, directory);
  const logFile = `${directory}.log`;
  for (let attempt = 1; ; attempt += 1) {
    await endLeftover(directory);
    const port = await freePort();
    const chosen = [
      ...settings,
      ...(durable ? [] : throwAwaySettings),
      `port=${port}`,
      clusterName(process.pid),
    ];
    const flags = chosen.flatMap((setting) => ['-c', setting]);
    const pid = await spawnServer(
      commandFor(launch, binaries.postgres, ['-D', directory, ...flags]),
      logFile,
    );
    if (await becomesReady(directory, pid)) return { pid, port };

    const log = await readFile(logFile, 'utf8');
    // Somebody was quicker to take the port or the cluster, or the last processes of a killed one have not quite ended.
    const passing = /Address already in use|already exists|pre-existing shared memory block/.test(log);
    if (!passing || attempt === 10) throw new Problem(`PostgreSQL did not start:\n${log.trim()}`);
    await sleep(200);
  }
}

async function spawnServer(
  { command, args, options }: ReturnType<typeof commandFor>,
  logFile: string,
): Promise<number> {
  await rename(logFile, `${logFile}.1`).catch(() => {});
  const log = await open(logFile, 'a', 0o600);
  try {
    // Its own process group: a Ctrl-C in the terminal must reach it only after the server has finished with it.
    const child = spawn(command, args, {
      ...options,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    if (child.pid === undefined) throw new Problem('PostgreSQL could not be started.');
    return child.pid;
  } finally {
    await log.close();
  }
}

/** Waits until the server accepts sessions. False when it ended instead. */
async function becomesReady(directory: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + startDeadlineMs;
  while (Date.now() < deadline) {
    const running = findPostmaster(directory);
    if (running?.pid === pid && running.ready) return true;
    if (!isRunning(pid)) return false;
    await sleep(20);
  }
  await stopPostmaster(pid);
  return false;
}

/** The account and the database of the application, where they are missing. */
async function createDatabase(superuserUrl: string, password: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracekeep') AS role,
              EXISTS (SELECT FROM pg_database WHERE datname = 'tracekeep') AS database`,
    );
    if (!rows[0]?.role) await client.query(`CREATE ROLE tracekeep LOGIN PASSWORD ${escapeLiteral(password)}`);
    if (!rows[0]?.database) await client.query('CREATE DATABASE tracekeep OWNER tracekeep');
  } finally {
    await client.end();
  }
}

function urlsOf(port: number, password: string) {
  const urlFor = (user: string) => `postgresql://${user}:${password}@127.0.0.1:${port}/${user}`;
  return { url: urlFor('tracekeep'), superuserUrl: urlFor('postgres') };
}
