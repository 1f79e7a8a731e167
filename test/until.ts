import { vi } from 'vitest';

/** Waits until the assertion holds. Long enough for a busy machine: only a failure waits to the end. */
export function until<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: 15_000, interval: 20 });
}
