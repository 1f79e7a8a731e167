// Next bundles actions and instrumentation separately; whoever asks and whoever works must meet in one place.
const key = Symbol.for('tracekeep.integrity-wake');
const registry = globalThis as typeof globalThis & { [key]?: () => void };

/** Calls `work` whenever this process was asked for something that it does in the background. */
export function onWake(work: () => void): void {
  registry[key] = work;
}

/** There is something to do: to be called after the commit. Without a listener it is found within half a minute. */
export function wake(): void {
  registry[key]?.();
}
