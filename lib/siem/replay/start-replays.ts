import { HecClients } from '@/lib/siem/delivery/clients';
import type { DrainOptions } from '@/lib/siem/delivery/drain';
import { Scheduler } from '@/lib/siem/delivery/scheduler';
import { runReplay } from '@/lib/siem/replay/run-replay';

/** So many at the same time in one process; the others have their turn after five seconds. */
const places = { prompt: 0, patient: 4, turnMs: 5_000 };

export type Replays = {
  wake(ids: readonly string[]): void;
  /** One promise for each replay that is being sent. */
  readonly underWay: readonly Promise<void>[];
  stop(): Promise<void>;
};

/** Runs the replays that it is woken for, on connections of their own: the live streams never wait for one of their requests. */
export function startReplays(options: Omit<DrainOptions, 'clients'>): Replays {
  const clients = new HecClients();
  const scheduler = new Scheduler(
    async (id, turn) => (await runReplay(id, { ...options, clients, turn })) === 'turn_over',
    places,
  );
  return {
    wake(ids) {
      clients.closeIdle();
      for (const id of ids) scheduler.wake(id, 'patient');
    },
    get underWay() {
      return scheduler.underWay;
    },
    async stop() {
      await scheduler.stop();
      await clients.close();
    },
  };
}
