import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { onAuditCommitted } from '@/lib/audit/committed';
import { log } from '@/lib/log';
import { HecClients } from '@/lib/siem/delivery/clients';
import { type DrainOptions, drain } from '@/lib/siem/delivery/drain';
import { type DueStream, dueIntegrations, dueReplays, integrationsOf } from '@/lib/siem/delivery/due';
import { listenToInstances } from '@/lib/siem/delivery/listen';
import { measureLoad } from '@/lib/siem/delivery/measure';
import { announceLeft } from '@/lib/siem/delivery/notify';
import { Scheduler, type SchedulerOptions } from '@/lib/siem/delivery/scheduler';
import { startReplays } from '@/lib/siem/replay/start-replays';
import { startUpkeep } from '@/lib/siem/upkeep/start-upkeep';

export type Streamer = {
  /** Begins no further request, lets those under way finish (8 s), and releases the leases. */
  stop(): Promise<void>;
};

export type StreamerOptions = Partial<
  Pick<DrainOptions, 'leaseMs' | 'deadlineMs' | 'graceMs' | 'onReceipt'>
> & {
  /** The safety net under every other way of waking, in milliseconds. */
  readonly pollMs?: number;
  readonly scheduling?: Partial<SchedulerOptions>;
};

/** A name that people can read in `siem_stream.lease_owner`, different for each start. */
export function senderName(): string {
  return `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
}

/**
 * Sends every integration's events as they are committed. A commit in this process wakes the streams of its organization
 * at once, a commit elsewhere by a message of PostgreSQL, and a poll each second finds what was missed: retries that have
 * come due, streams that a crashed sender left behind, everything while messages do not work. Each integration has its
 * own drain and none waits for another; how many run at the same time, and so the memory, is bounded by the scheduler.
 * Replays run beside them, the upkeep (reconciling, heartbeats, receipts) now and then.
 */
export function startStreamer({ pollMs = 1_000, scheduling, ...options }: StreamerOptions = {}): Streamer {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Each stream that is being sent listens to it.
  setMaxListeners(0, signal);
  const clients = new HecClients();
  const drainOptions: DrainOptions = { ...options, owner: senderName(), clients, signal };
  /** Left with more to send: somebody else may want to take them over at once. */
  const left = new Set<string>();

  const streams = new Scheduler(async (id, turn) => {
    const end = await drain(id, { ...drainOptions, turn });
    log.trace({ integrationId: id, end }, 'drained');
    if (end === 'stopped') left.add(id);
    return end === 'turn_over';
  }, scheduling);
  const replays = startReplays(drainOptions);
  const upkeep = startUpkeep(clients);

  const wakeAll = (due: readonly DueStream[]) => {
    for (const { id, lane } of due) streams.wake(id, lane);
  };
  const wakeOrganization = batched(async (ids) => wakeAll(await integrationsOf(ids)));
  const stopWatching = onAuditCommitted(wakeOrganization);
  const stopListening = listenToInstances(wakeOrganization);
  const polling = poll(
    async () => {
      wakeAll(await dueIntegrations());
      replays.wake(await dueReplays());
    },
    pollMs,
    signal,
  );
  const stopMeasuring = measureLoad(() => streams.load);

  return {
    async stop() {
      stopWatching();
      stopping.abort();
      await Promise.all([streams.stop(), replays.stop(), upkeep.stop(), polling, stopListening()]);
      stopMeasuring();
      await announceLeft([...left]);
      await clients.close();
    },
  };
}

/** Hands the ids of many calls to one run of `work`; calls during a run make another one. */
function batched(work: (ids: string[]) => Promise<void>): (id: string) => void {
  const ids = new Set<string>();
  let busy = false;
  const run = async () => {
    busy = true;
    while (ids.size > 0) {
      const batch = [...ids];
      ids.clear();
      // The poll finds what this run could not.
      await work(batch).catch((error: unknown) => log.debug({ err: error }, 'streams were not woken'));
    }
    busy = false;
  };
  return (id) => {
    ids.add(id);
    if (!busy) void run();
  };
}

/** Runs `work` again and again. While the database is away it says so once, not every second. */
async function poll(work: () => Promise<void>, everyMs: number, signal: AbortSignal): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    try {
      await work();
      if (failing) log.info('delivery has its database back');
      failing = false;
    } catch (error) {
      if (!failing) log.error({ err: error }, 'delivery cannot read the database; it goes on trying');
      failing = true;
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
