import { startRunner } from '@/lib/scans/jobs/runner';
import { onShutdown } from '@/lib/shutdown';

// Next may load instrumentation more than once (development, several bundles); a process works once.
const key = Symbol.for('tracekeep.scans-started');
const registry = globalThis as typeof globalThis & { [key]?: true };

/** Starts this process's part of scanning. Ends with the process's orderly shutdown. Calling it again changes nothing. */
export function startScans(): void {
  if (registry[key]) return;
  registry[key] = true;
  const runner = startRunner();
  onShutdown('scans', () => runner.stop());
}
