import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A PostgreSQL that is running on a data directory. `orphan`: the command that started it is dead. */
export type Postmaster = { pid: number; port: number; ready: boolean; orphan: boolean };

// postmaster.pid, line by line: pid, data directory, start time, port, socket directory, address, shared memory, state.
const lockFileSchema = z
  .string()
  .transform((text) => text.split('\n').map((line) => line.trim()))
  .transform(([pid, , , port, , , , state]) => ({
    pid: Number(pid),
    port: Number(port),
    ready: state === 'ready',
  }))
  .refine(({ pid }) => Number.isInteger(pid) && pid > 1);

/** The name by which a running PostgreSQL tells whose it is; it is readable in its command line. */
export function clusterName(ownerPid: number): string {
  return `cluster_name=tracekeep-${ownerPid}`;
}

/**
 * The PostgreSQL that holds `directory`, if one does. A lock file alone proves nothing: after a crash its process id
 * may by now belong to another program, so that process must be a postgres of this very directory.
 */
export function findPostmaster(directory: string): Postmaster | undefined {
  const lock = lockFileSchema.safeParse(readText(`${directory}/postmaster.pid`));
  if (!lock.success) return undefined;
  const holder = inspect(lock.data.pid);
  if (!holder?.command.includes(`-D ${directory} `)) return undefined;
  const owner = /cluster_name=tracekeep-(\d+)/.exec(holder.command)?.[1];
  // A child whose parent died is given another parent: as long as they still match, the owner is alive.
  return { ...lock.data, orphan: owner !== undefined && Number(owner) !== holder.parent };
}

/**
 * Removes the lock file of a crashed cluster when its process id has since gone to another program, which would make
 * PostgreSQL refuse to start. Any other stale lock is PostgreSQL's own to judge: it also knows the shared memory.
 */
export function removeStaleLock(directory: string): void {
  const file = `${directory}/postmaster.pid`;
  const lock = lockFileSchema.safeParse(readText(file));
  if (lock.success && isRunning(lock.data.pid)) rmSync(file);
}

/** Asks a PostgreSQL to disconnect everybody, write what is pending and end; returns when it has. */
export async function stopPostmaster(pid: number, deadlineMs = 20_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  send(pid, 'SIGINT');
  while (isRunning(pid)) {
    // Past the deadline it ends at once and recovers from its log at the next start; nothing committed is lost.
    if (Date.now() > deadline) send(pid, 'SIGQUIT');
    await sleep(20);
  }
}

function inspect(pid: number): { parent: number; command: string } | undefined {
  const status = readText(`/proc/${pid}/status`);
  if (status) {
    const command = readText(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? '';
    return { parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), command };
  }
  if (process.platform === 'linux') return undefined;
  try {
    const line = execFileSync('ps', ['-o', 'ppid=,command=', '-ww', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent, command] = /^\s*(\d+)\s+(.*)$/m.exec(line) ?? [];
    return { parent: Number(parent), command: `${command} ` };
  } catch {
    return undefined;
  }
}

/** Whether the process exists and has not ended. */
export function isRunning(pid: number): boolean {
  const status = readText(`/proc/${pid}/status`);
  // A zombie has ended: only its parent has not yet looked.
  if (status) return !/^State:\s*[ZX]/m.test(status);
  return process.platform !== 'linux' && send(pid, 0);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
