import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from '@/bin/settings';

export type Outcome = { code: number | null; output: string };

type Options = {
  signal: AbortSignal;
  env?: Record<string, string | undefined>;
  onOutput?: (text: string) => void;
};

/** Time for a runner to stop the servers that its tests use. */
const endDeadlineMs = 15_000;

/**
 * Runs a program to its end and returns its exit code and everything it printed. When `signal` aborts, the program and
 * all that it started are ended first: it has a process group of its own, which the terminal's Ctrl-C does not reach.
 */
export async function run(command: string, args: readonly string[], options: Options): Promise<Outcome> {
  options.signal.throwIfAborted();
  const env = { ...process.env, ...options.env };
  const child = spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      options.onOutput?.(text);
    });
  }
  let impatience: NodeJS.Timeout | undefined;
  const end = () => {
    // As Ctrl-C would: vitest and Playwright then also end what they started elsewhere.
    signalGroup(child.pid, 'SIGINT');
    impatience = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), endDeadlineMs);
  };
  options.signal.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    options.signal.throwIfAborted();
    return { code, output };
  } finally {
    clearTimeout(impatience);
    options.signal.removeEventListener('abort', end);
  }
}

/** Runs a command that a package brought, such as `next`, by this very Node. */
export function runTool(name: string, args: readonly string[], options: Options): Promise<Outcome> {
  return run(process.execPath, [path.join(root, 'node_modules/.bin', name), ...args], options);
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}
