import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until it is so; rejects with `what` when it is not after two minutes, which is long for a slow machine. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  { timeoutMs = 120_000, everyMs = 200 } = {},
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs / 1_000} s: ${what}`);
    await sleep(everyMs);
  }
}
