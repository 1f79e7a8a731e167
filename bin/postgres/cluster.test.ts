import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Cluster, joinPostgres, startPostgres } from '@/bin/postgres/cluster';
import { findPostmaster, isRunning } from '@/bin/postgres/postmaster';
import { root } from '@/bin/settings';

let dataDirectory = '';
let running: Cluster[] = [];

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'cluster-'));
  await chmod(dataDirectory, 0o711);
});
afterEach(async () => {
  await Promise.all(running.map((cluster) => cluster.stop()));
  running = [];
  await rm(dataDirectory, { recursive: true, force: true });
});

async function start(): Promise<Cluster> {
  const cluster = await startPostgres({ dataDirectory });
  running.push(cluster);
  return cluster;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function postmaster() {
  const found = findPostmaster(path.join(dataDirectory, 'postgres'));
  if (!found) throw new Error('No PostgreSQL is running');
  return found;
}

async function untilEnded(pid: number): Promise<void> {
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
}

test('what was stored is there after a stop and a second start in the same directory', async () => {
  const first = await start();
  await query(first.url, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)');
  await first.stop();
  expect(findPostmaster(path.join(dataDirectory, 'postgres'))).toBeUndefined();
  const second = await start();
  expect(await query(second.url, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
});

test('what was committed survives a crash, whoever has the process id of the old lock file by now', async () => {
  const { url } = await start();
  await query(url, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)');
  const { pid } = postmaster();
  const lockFile = path.join(dataDirectory, 'postgres/postmaster.pid');
  const lock = await readFile(lockFile, 'utf8');
  process.kill(pid, 'SIGKILL');
  await untilEnded(pid);
  // A restarted container counts its processes from 1 again: here the old number is this test's own parent.
  await writeFile(lockFile, lock.replace(String(pid), String(process.ppid)));
  const again = await start();
  expect(await query(again.url, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
});

test('a directory in use is refused in one sentence, and its database goes on', async () => {
  const { url } = await start();
  await expect(startPostgres({ dataDirectory })).rejects.toThrow(
    `${dataDirectory} is in use by another Tracekeep. Stop that one, or set DATA_DIR to another directory.`,
  );
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a PostgreSQL whose command was killed is ended and its place taken', async () => {
  const source = `
    import { startPostgres } from '@/bin/postgres/cluster';
    await startPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)} });
    console.log('started');
    setInterval(() => {}, 1000);`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', source];
  const command = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(command.stdout, 'data');
  const { pid, orphan } = postmaster();
  expect(orphan).toBe(false);
  command.kill('SIGKILL');
  await once(command, 'exit');
  expect(postmaster()).toMatchObject({ pid, orphan: true });

  const { url } = await start();
  expect(isRunning(pid)).toBe(false);
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a short task joins the running database, and its stop leaves it running', async () => {
  const { url } = await start();
  const joined = await joinPostgres(dataDirectory);
  expect(joined.url).toBe(url);
  await joined.stop();
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('only this machine can connect, with a password that only its owner can read, and not as superuser', async () => {
  const { url } = await start();
  const [settings] = await query(
    url,
    `SELECT current_setting('listen_addresses') AS addresses, current_setting('is_superuser') AS superuser,
            current_setting('fsync') AS fsync, current_setting('server_encoding') AS encoding`,
  );
  expect(settings).toEqual({ addresses: '127.0.0.1', superuser: 'off', fsync: 'on', encoding: 'UTF8' });
  const wrong = new URL(url);
  wrong.password = 'wrong';
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  const { mode } = await stat(path.join(dataDirectory, 'postgres.password'));
  expect(mode & 0o777).toBe(0o600);
});
