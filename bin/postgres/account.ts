import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { Problem } from '@/bin/problem';

/** How to start a PostgreSQL program: an account for `spawn`, and words to put before the command. */
export type Launch = { account: Account | undefined; prefix: readonly string[] };
export type Account = { uid: number; gid: number };

/**
 * PostgreSQL refuses to run as root. An ordinary user launches it as himself; root launches it as the owner of an
 * existing cluster, else as `postgres`, else as a system account `tracekeep` that is created, else as `nobody`.
 */
export function launchFor(clusterDirectory: string): Launch {
  if (process.getuid?.() !== 0) return { account: undefined, prefix: [] };
  return {
    account:
      ownerOf(clusterDirectory) ?? lookUp('postgres') ?? lookUp('tracekeep') ?? create() ?? lookUpNobody(),
    prefix: [],
  };
}

/**
 * Makes sure that the account reaches both the programs and the data. A checkout under /root is closed to every other
 * account; there the process keeps one privilege of root's, to pass through directories it may not list.
 */
export function withReach(launch: Launch, program: string, directory: string): Launch {
  if (!launch.account) return launch;
  if (canRun(launch, program, directory)) return launch;
  const { uid, gid } = launch.account;
  const privileged: Launch = {
    account: undefined,
    prefix: [
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      // Otherwise the kernel disregards the privilege where PostgreSQL asks beforehand whether it may.
      '--securebits=+no_setuid_fixup',
      '--inh-caps=+dac_read_search',
      '--ambient-caps=+dac_read_search',
      '--',
    ],
  };
  if (canRun(privileged, program, directory)) return privileged;
  throw new Problem(
    `PostgreSQL does not run as root, and no other account can reach ${directory}. ` +
      'Move the checkout and DATA_DIR out of the closed directory, run as an ordinary user, or set DATABASE_URL.',
  );
}

/** The command line and options for `spawn`. */
export function commandFor(launch: Launch, program: string, args: readonly string[]) {
  const [command = program, ...rest] = [...launch.prefix, program, ...args];
  return { command, args: rest, options: { ...launch.account } };
}

function canRun(launch: Launch, program: string, directory: string): boolean {
  const script = 'cd "$1" && exec "$2" --version';
  const { command, args, options } = commandFor(launch, '/bin/sh', ['-c', script, 'sh', directory, program]);
  return spawnSync(command, args, { ...options, cwd: '/', stdio: 'ignore' }).status === 0;
}

function ownerOf(directory: string): Account | undefined {
  const stats = statSync(directory, { throwIfNoEntry: false });
  return stats && stats.uid !== 0 ? { uid: stats.uid, gid: stats.gid } : undefined;
}

function lookUp(name: string): Account | undefined {
  const ask = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const [uid, gid] = [ask('-u'), ask('-g')];
  return uid.status === 0 && gid.status === 0
    ? { uid: Number(uid.stdout), gid: Number(gid.stdout) }
    : undefined;
}

function create(): Account | undefined {
  const flags = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/',
    '--shell',
    '/usr/sbin/nologin',
  ];
  try {
    execFileSync('useradd', [...flags, 'tracekeep'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  console.log('Created the system account "tracekeep" for PostgreSQL, which does not run as root');
  return lookUp('tracekeep');
}

function lookUpNobody(): Account {
  const nobody = lookUp('nobody');
  if (nobody) return nobody;
  throw new Problem(
    'PostgreSQL does not run as root and there is no other account. Run as an ordinary user, or set DATABASE_URL.',
  );
}
