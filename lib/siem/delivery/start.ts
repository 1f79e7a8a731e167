import { env } from '@/lib/env';
import { onShutdown } from '@/lib/shutdown';
import { notifyOtherInstances } from '@/lib/siem/delivery/notify';
import { startStreamer } from '@/lib/siem/delivery/streamer';

// Next may load instrumentation more than once (development, several bundles); a process streams once.
const key = Symbol.for('tracekeep.delivery-started');
const registry = globalThis as typeof globalThis & { [key]?: true };

/**
 * Starts what this process does for delivery: telling other instances of its commits and, unless SIEM_STREAMER is off,
 * streaming. Ends with the process's orderly shutdown. Calling it again changes nothing.
 */
export function startDelivery(): void {
  if (registry[key]) return;
  registry[key] = true;
  const stopNotifying = notifyOtherInstances();
  const streamer = env().SIEM_STREAMER ? startStreamer() : undefined;
  onShutdown('delivery', async () => {
    stopNotifying();
    await streamer?.stop();
  });
}
