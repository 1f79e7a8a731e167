import { setTimeout as sleep } from 'node:timers/promises';
import { type Customer, join } from '@/faults/rig/customer';
import type { Instance } from '@/faults/rig/instance';
import { judge } from '@/faults/rig/judge';
import { regressionSeeds } from '@/faults/rig/regression-seeds';
import { scenario, type Trial } from '@/faults/rig/scenario';
import { settleOnceMore } from '@/faults/rig/settle';
import { holderOf, passLeases } from '@/faults/rig/time';
import { until } from '@/faults/rig/until';
import { useWorld } from '@/faults/rig/world';

const world = useWorld({ instances: 2 });

/** Waits for a moment of chance: any at all, or one in which a request is under way or has just been answered. */
async function anyMoment({ chance }: Trial, customers: readonly Customer[]): Promise<void> {
  const { splunk } = chance.pick(customers);
  if (chance.next() < 0.3) return sleep(chance.between(0, 1_000));
  const before = splunk.journal().length;
  await splunk.waitFor((_, journal) => journal.length > before, { timeoutMs: 120_000 });
  await sleep(chance.between(0, 40));
}

scenario('kill -9 of a server at random moments', async (trial) => {
  const { chance } = trial;
  const customers = await Promise.all([1, 2, 3].map(() => join(world, trial)));
  for (const { splunk, producer } of customers) {
    splunk.inject({ kind: 'slowHeaders', ms: 30 }, { probability: 0.5 });
    producer.begin(5);
  }
  const starting = new Set<Promise<Instance>>();
  const runs = trial.runs(5, 200);
  for (let run = 0; run < runs; run++) {
    await until(() => world.instances.length > 0, 'a server runs');
    await anyMoment(trial, customers);
    const { ready } = await world.replace(chance.pick(world.instances));
    starting.add(ready);
    // Mostly another one is there already, now and then nobody is for a while.
    if (chance.next() < 0.8) await ready;
    // Its leases end with it; every tenth time they run out as in life.
    if (chance.next() < 0.9) await passLeases(world.dead);
  }
  await Promise.all(starting);
  await Promise.all(customers.map(({ producer }) => producer.rest()));
  await settleOnceMore(world, customers);
  return judge(customers, { runs, ambiguous: runs });
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
    await producer.actTimes(trial.chance.between(0, 5));
    const pid = await holderOf(id);
    const holder = world.instances.find((instance) => instance.pid === pid);
    if (!holder) throw new Error(`the lease is held by ${pid}, which is none of the servers`);
    const { ready } = await world.replace(holder);
    await passLeases(world.dead);
    await ready;
  }
  await settleOnceMore(world, [customer]);
  const found = await judge([customer], { runs, ambiguous: runs });
  // Each batch was one event, and each came exactly twice.
  if (found.duplicated !== runs) throw new Error(`I5: ${found.duplicated} duplicates after ${runs} kills`);
  return found;
});

for (const seed of regressionSeeds.kills) {
  scenario(
    `kill -9 as in the run with seed ${seed}`,
    async (trial) => {
      const customer = await join(world, trial);
      customer.producer.begin(8);
      for (let run = 0; run < 2; run++) {
        await anyMoment(trial, [customer]);
        const { ready } = await world.replace(trial.chance.pick(world.instances));
        await ready;
        await passLeases(world.dead);
      }
      await customer.producer.rest();
      await settleOnceMore(world, [customer]);
      return judge([customer], { runs: 2, ambiguous: 2 });
    },
    { seed },
  );
}
