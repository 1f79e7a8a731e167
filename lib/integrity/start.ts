import { deleteExpired } from '@/lib/integrity/retention/delete-expired';
import { signDueCheckpoints } from '@/lib/integrity/sign-checkpoint';
import { runVerifications } from '@/lib/integrity/verification/run-verifications';
import { onWake } from '@/lib/integrity/wake';
import { log } from '@/lib/log';
import { repeat } from '@/lib/repeat';
import { onShutdown } from '@/lib/shutdown';

// Next may load instrumentation more than once (development, several bundles); a process does this once.
const key = Symbol.for('tracekeep.integrity-started');
const registry = globalThis as typeof globalThis & { [key]?: true };

const often = { firstMs: 30_000, everyMs: 30_000 };

/**
 * Starts what the log needs beside its writers: checkpoints, verifications that somebody asked for, retention. Every process does it. Ends with the process's
 * orderly shutdown. Calling it again changes nothing.
 */
export function startIntegrity(): void {
  if (registry[key]) return;
  registry[key] = true;
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = Promise.all([
    repeat('checkpoints', often, signDueCheckpoints, signal),
    repeat('verifications', often, runVerifications, signal),
    repeat('retention', often, deleteExpired, signal),
  ]);
  const asked = oneAtATime(() => askedFor(signal));
  onWake(asked.run);
  onShutdown('integrity', async () => {
    stopping.abort();
    await Promise.all([running, asked.ended()]);
  });
}

/** What somebody waits for who has a page open. */
async function askedFor(signal: AbortSignal): Promise<void> {
  await Promise.all([runVerifications(signal), deleteExpired(signal)]);
}

/** Runs `work` when told; once more after it, when told meanwhile. */
function oneAtATime(work: () => Promise<void>): { run: () => void; ended: () => Promise<void> } {
  let under: Promise<void> | undefined;
  let again = false;
  const loop = async () => {
    do {
      again = false;
      await work().catch(interrupted);
    } while (again);
    under = undefined;
  };
  return {
    run() {
      again = true;
      under ??= loop();
    },
    async ended() {
      await under;
    },
  };
}

const interrupted = (error: unknown) => log.warn({ err: error }, 'upkeep was interrupted');

/** For hosts where no process lives long enough to do it by itself: the checkpoints that are due. Never throws. */
export async function checkpointsOnce(signal: AbortSignal): Promise<void> {
  await signDueCheckpoints(signal).catch(interrupted);
}

/** For the same hosts, all the rest, until `signal` aborts. Never throws. */
export async function restOnce(signal: AbortSignal): Promise<void> {
  await Promise.all([runVerifications(signal).catch(interrupted), deleteExpired(signal).catch(interrupted)]);
}
