import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { commandFor, type Launch, withReach } from '@/bin/postgres/account';
import { isErrno } from '@/bin/postgres/binaries';
import { Problem } from '@/bin/problem';

/** Reads the cluster's password, or makes one for a new cluster. It stays in `file`, readable by its owner alone. */
export async function clusterPassword(file: string, clusterExists: boolean): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  if (clusterExists) {
    throw new Problem(
      `${file} is missing: without it nothing can sign in to the database beside it. Restore it.`,
    );
  }
  const password = randomBytes(24).toString('hex');
  await writeFile(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  return password;
}

/**
 * Creates a cluster with one superuser, `postgres`. It is made beside its place and then moved there, so an
 * interrupted attempt leaves nothing that looks like a database.
 */
export async function initialiseCluster(
  directory: string,
  initdb: string,
  password: string,
  wanted: Launch,
): Promise<void> {
  const unfinished = `${directory}.new`;
  const passwordFile = `${directory}.pw`;
  await Promise.all([unfinished, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (wanted.account) {
      const { uid, gid } = wanted.account;
      await Promise.all([unfinished, passwordFile].map((path) => chown(path, uid, gid)));
    }
    const launch = withReach(wanted, initdb, unfinished);
    await run(launch, initdb, [
      `--pgdata=${unfinished}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own C.UTF-8 sorts and folds case alike on every machine; the system's locales do not.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ]);
    await rename(unfinished, directory);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function run(launch: Launch, program: string, programArgs: readonly string[]): Promise<void> {
  const { command, args, options } = commandFor(launch, program, programArgs);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Problem(`PostgreSQL could not create its database:\n${output.trim()}`)),
    );
  });
}
