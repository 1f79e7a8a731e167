import { log } from '@/lib/log';
import { HecClients } from '@/lib/siem/delivery/clients';
import { type DrainOptions, drain } from '@/lib/siem/delivery/drain';
import { dueIntegrations } from '@/lib/siem/delivery/due';
import { senderName } from '@/lib/siem/delivery/streamer';

/**
 * Drains every stream that is due, all of them at the same time, until none is or `signal` asks to stop. For hosts where
 * no process lives long enough to stream: the streams themselves cannot tell the difference. What waits for a later
 * attempt is left to the next call.
 */
export async function drainDue(
  options: Omit<DrainOptions, 'owner' | 'clients'> & { signal: AbortSignal },
): Promise<void> {
  const clients = new HecClients();
  const owner = senderName();
  const running = new Map<string, Promise<void>>();
  /** Interrupted ones are not tried again in this call, or a broken one would be tried for ever. */
  const interrupted = new Set<string>();

  const begin = (integrationId: string) =>
    drain(integrationId, { ...options, owner, clients })
      .catch((error: unknown) => {
        interrupted.add(integrationId);
        log.warn({ err: error, integrationId }, 'delivery was interrupted');
      })
      .then(() => void running.delete(integrationId));

  try {
    while (!options.signal.aborted) {
      for (const id of await dueIntegrations()) {
        if (!running.has(id) && !interrupted.has(id)) running.set(id, begin(id));
      }
      if (running.size === 0) break;
      await Promise.race(running.values());
    }
    await Promise.all(running.values());
  } finally {
    await clients.close();
  }
}
