import { setMaxListeners } from 'node:events';
import { HecClients } from '@/lib/siem/delivery/clients';
import { type DrainOptions, drain } from '@/lib/siem/delivery/drain';
import { dueIntegrations, dueReplays } from '@/lib/siem/delivery/due';
import { Scheduler } from '@/lib/siem/delivery/scheduler';
import { senderName } from '@/lib/siem/delivery/streamer';
import { startReplays } from '@/lib/siem/replay/start-replays';
import { upkeepOnce } from '@/lib/siem/upkeep/start-upkeep';

/**
 * Drains every stream and replay that is due, beside one another as the streamer would, until none is or `signal` asks to
 * stop; before that the upkeep. For hosts where no process lives long enough to stream: the streams themselves cannot tell
 * the difference. What waits for a later attempt is left to the next call.
 */
export async function drainDue(
  options: Omit<DrainOptions, 'owner' | 'clients' | 'turn'> & { signal: AbortSignal },
): Promise<void> {
  // Each stream that is being sent listens to it.
  setMaxListeners(0, options.signal);
  const clients = new HecClients();
  const sending = { ...options, owner: senderName() };
  /** Not tried again in this call, or a broken one would be tried for ever. */
  const interrupted = new Set<string>();

  const streams = new Scheduler(async (id, turn) => {
    interrupted.add(id);
    const end = await drain(id, { ...sending, clients, turn });
    interrupted.delete(id);
    return end === 'turn_over';
  });
  const replays = startReplays(sending);

  try {
    await upkeepOnce();
    while (!options.signal.aborted) {
      for (const { id, lane } of await dueIntegrations()) if (!interrupted.has(id)) streams.wake(id, lane);
      replays.wake(await dueReplays());
      const underWay = [...streams.underWay, ...replays.underWay];
      if (underWay.length === 0) break;
      await Promise.race(underWay);
    }
  } finally {
    await Promise.all([streams.stop(), replays.stop()]);
    await clients.close();
  }
}
