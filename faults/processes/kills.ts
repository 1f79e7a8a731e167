import { setTimeout as sleep } from 'node:timers/promises';
import { type Customer, join } from '@/faults/rig/customer';
import { judge } from '@/faults/rig/judge';
import { scenario, type Trial } from '@/faults/rig/scenario';
import { settleOnceMore } from '@/faults/rig/settle';
import { holderOf, passLeases } from '@/faults/rig/time';
import { until } from '@/faults/rig/until';
import type { World } from '@/faults/rig/world';

/** Servers that die. */
export function kills(world: World): void {
  scenario('kill -9 of a server at random moments', async (trial) => {
    const { chance } = trial;
    const customers = await Promise.all([1, 2, 3].map(() => join(world, trial)));
    for (const { splunk, producer } of customers) {
      splunk.inject({ kind: 'slowHeaders', ms: 30 }, { probability: 0.5 });
      producer.begin(5);
    }
    const starting: Promise<unknown>[] = [];
    const runs = trial.runs(5, 200);
    for (let run = 0; run < runs; run++) {
      await until(() => world.instances.length > (chance.next() < 0.8 ? 1 : 0), 'servers run');
      await anyMoment(trial, customers);
      const { ready } = await world.replace(chance.pick(world.instances));
      // Mostly another one is there, now and then nobody is for a while.
      starting.push(ready);
      // Its leases end with it; every tenth time they run out as in life.
      if (chance.next() < 0.9) await passLeases(world.dead);
    }
    await Promise.all(starting);
    await Promise.all(customers.map(({ producer }) => producer.rest()));
    await settleOnceMore(world, customers);
    return judge(world, customers, { runs, ambiguous: runs });
  });

  scenario('kill -9 between the acceptance and its record', async (trial) => {
    const customer = await join(world, trial);
    const { id, splunk, producer } = customer;
    const runs = trial.runs(2, 50);
    for (let run = 0; run < runs; run++) {
      await settleOnceMore(world, [customer]);
      const before = splunk.events().length;
      splunk.inject({ kind: 'hangAfterStore' }, { times: 1 });
      await producer.act();
      await splunk.waitFor((events) => events.length > before, { timeoutMs: 120_000 });
      const pid = await holderOf(id);
      const holder = world.instances.find((instance) => instance.pid === pid);
      if (!holder) throw new Error(`the lease is held by ${pid}, which is none of the servers`);
      // Before it gives the answer up.
      const { ready } = await world.replace(holder);
      await producer.actTimes(trial.chance.between(0, 5));
      await passLeases(world.dead);
      await ready;
    }
    await settleOnceMore(world, [customer]);
    const found = await judge(world, [customer], { runs, ambiguous: runs });
    // Each batch was one event, and each came exactly twice.
    if (found.duplicated !== runs) throw new Error(`I5: ${found.duplicated} duplicates after ${runs} kills`);
    return found;
  });
}

/** Waits for a moment of chance: any at all, or one in which a request is under way or has just been answered. */
async function anyMoment({ chance }: Trial, customers: readonly Customer[]): Promise<void> {
  const { splunk } = chance.pick(customers);
  if (chance.next() < 0.3) return sleep(chance.between(0, 1_000));
  const before = splunk.journal().length;
  await splunk.waitFor((_, journal) => journal.length > before, { timeoutMs: 120_000 });
  await sleep(chance.between(0, 40));
}
