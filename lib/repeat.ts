import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@/lib/log';

/**
 * Does some work again and again until `signal` aborts: for the first time after `firstMs`, then `everyMs` after it ended.
 * What fails leaves a line in the log and is tried again the next time. Never throws.
 */
export async function repeat(
  what: string,
  { firstMs, everyMs }: { firstMs: number; everyMs: number },
  work: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let waitMs = firstMs; !signal.aborted; waitMs = everyMs) {
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await work(signal).catch((error: unknown) => log.warn({ err: error, what }, 'upkeep was interrupted'));
  }
}
