import { Problem } from '@/bin/problem';

/** What a running command is given. */
export type Program = {
  /** Aborts at the first SIGINT or SIGTERM. */
  signal: AbortSignal;
  /** Registers what must happen before the process ends, however it ends; the last registered happens first. */
  atExit(action: () => Promise<void>): void;
  /** Waits for SIGINT or SIGTERM. */
  untilStopped(): Promise<void>;
};

/**
 * Runs a command to its end: exit code 0 when `main` returns or a signal stopped it, 1 when it failed, unless it set
 * `process.exitCode` itself. A {@link Problem}
 * and a report of the environment are printed without a stack. Signals never interrupt the ending itself: npm forwards
 * the Ctrl-C that the terminal has also sent to every process, so the second one means nothing.
 */
export async function runProgram(main: (program: Program) => Promise<void>): Promise<never> {
  const stopping = new AbortController();
  const exits: (() => Promise<void>)[] = [];
  let exitCode = 0;

  const stop = () => stopping.abort(new Problem('Stopped'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, stop);
  }
  const watch = setInterval(() => isAbandoned() && stop(), 500);
  const fail = (error: unknown) => {
    report(error);
    exitCode = 1;
  };

  try {
    await main({
      signal: stopping.signal,
      atExit: (action) => exits.push(action),
      untilStopped: () => untilAborted(stopping.signal),
    });
  } catch (error) {
    if (!stopping.signal.aborted) fail(error);
  }
  for (const exit of exits.reverse()) await exit().catch(fail);
  clearInterval(watch);
  process.exit(exitCode || process.exitCode);
}

/** Runs one stage of a command, and prints what it is and how long it took. Does not begin once a signal came. */
export async function stage<T>(program: Program, what: string, work: () => Promise<T>): Promise<T> {
  program.signal.throwIfAborted();
  const begin = performance.now();
  process.stdout.write(`${what} … `);
  try {
    const result = await work();
    process.stdout.write(`${seconds(performance.now() - begin)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(program.signal.aborted ? 'stopped\n' : 'failed\n');
    throw error;
  }
}

/** A duration for people: 0.2 s, 25.3 s. */
export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

function report(error: unknown): void {
  const expected = error instanceof Problem || (error instanceof Error && error.name === 'EnvError');
  console.error(expected ? error.message : error);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

const parentAtStart = process.ppid;

/**
 * npm starts a script through a shell. Some shells stay in between and die of the signal that npm forwards without
 * passing it on; losing the parent then is the only news of it.
 */
function isAbandoned(): boolean {
  return Boolean(process.env.npm_lifecycle_event) && process.ppid !== parentAtStart;
}
