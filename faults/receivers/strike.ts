import { type Customer, join } from '@/faults/rig/customer';
import { judge } from '@/faults/rig/judge';
import { scenario, type Trial } from '@/faults/rig/scenario';
import { settleOnceMore } from '@/faults/rig/settle';
import { until } from '@/faults/rig/until';
import type { World } from '@/faults/rig/world';
import { db } from '@/lib/db/client';

type Strike = {
  readonly fault: string;
  readonly setUp?: Parameters<typeof join>[2];
  /** How often it strikes: in `npm test`, and in the whole suite. */
  readonly runs: readonly [short: number, full: number];
  /** Requests in each strike whose fate the sender cannot know. */
  readonly ambiguous?: number;
  /** Besides those, every request that arrives during a strike: how many there are depends on how long it lasts. */
  readonly eachAmbiguous?: boolean;
  /** A request that was given up may still arrive beside the one that follows it. */
  readonly late?: boolean;
  /** One strike, from the beginning to the end of the trouble, while somebody acts. */
  strike(customer: Customer, trial: Trial): Promise<void>;
};

/** A scenario of one customer who acts while the fault strikes again and again; beside all others of its file. */
export function strikes(
  world: World,
  { fault, setUp, runs, ambiguous = 0, eachAmbiguous = false, late = false, strike }: Strike,
): void {
  scenario(
    fault,
    async (trial) => {
      const customer = await join(world, trial, setUp);
      customer.producer.begin(2);
      const times = trial.runs(...runs);
      let unknown = ambiguous * times;
      for (let n = 0; n < times; n++) {
        const before = customer.splunk.journal().length;
        await strike(customer, trial);
        if (eachAmbiguous) unknown += customer.splunk.journal().length - before;
      }
      await customer.producer.rest();
      await settleOnceMore(world, [customer]);
      return judge(world, [customer], { runs: times, ambiguous: unknown, zombies: late });
    },
    { concurrent: true },
  );
}

/**
 * Waits until the page says that the stream is in this state (I9). `passTime` is done again and again meanwhile: an attempt
 * that is under way would undo it.
 */
export function untilSaid(
  { id }: Customer,
  state: 'healthy' | 'degraded' | 'blocked',
  passTime?: (integrationId: string) => Promise<void>,
): Promise<void> {
  return until(async () => {
    const stream = await db().siemStream.findUniqueOrThrow({ where: { integrationId: id } });
    if (stream.state === state) return true;
    await passTime?.(id);
    return false;
  }, `I9: the stream is said to be ${state}`);
}

/** Waits until something is kept back. */
export function untilWaiting({ id, source }: Customer): Promise<void> {
  return until(async () => {
    const stream = await db().siemStream.findUniqueOrThrow({ where: { integrationId: id } });
    const head = await db().auditEvent.aggregate({
      where: { organizationId: source.organization.id },
      _max: { seq: true },
    });
    return (head._max.seq ?? 0n) > stream.cursor + 1n;
  }, 'events wait');
}

/** Waits until an event arrives that was not there before. */
export async function untilArrived({ splunk }: Customer): Promise<void> {
  const before = splunk.events().length;
  await splunk.waitFor((events) => events.length > before, { timeoutMs: 120_000 });
}
