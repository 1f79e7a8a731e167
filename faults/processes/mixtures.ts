import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '@/faults/rig/chance';
import { type Customer, join } from '@/faults/rig/customer';
import type { Instance } from '@/faults/rig/instance';
import { judge } from '@/faults/rig/judge';
import { regressionSeeds } from '@/faults/rig/regression-seeds';
import { scenario, type Trial } from '@/faults/rig/scenario';
import { settleOnceMore } from '@/faults/rig/settle';
import { passLeases } from '@/faults/rig/time';
import { until } from '@/faults/rig/until';
import type { World } from '@/faults/rig/world';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import type { FaultInput } from '@/splunk/simulator/faults/fault';

/** Faults of all kinds, drawn by chance. */
export function mixtures(world: World): void {
  for (const seed of regressionSeeds) {
    scenario(`a mixture of faults, as in the run with seed ${seed}`, (trial) => mixture(world, trial, 12), {
      seed,
    });
  }

  scenario('a mixture of faults', (trial) => mixture(world, trial, trial.runs(12, 200)));
}

const answers: readonly FaultInput[] = [
  { kind: 'busy' },
  { kind: 'busy', storeFirst: 2 },
  { kind: 'capacity', retryAfter: 1 },
  { kind: 'warn' },
  { kind: 'internal', store: true },
  { kind: 'gateway' },
  { kind: 'html200' },
  { kind: 'redirect' },
  { kind: 'tokenFlap' },
  { kind: 'slowHeaders', ms: 800 },
  { kind: 'resetBeforeRead' },
  { kind: 'resetMidRequest' },
  { kind: 'resetAfterStore' },
  { kind: 'resetMidResponse' },
  { kind: 'truncateResponse' },
  { kind: 'garbage', store: true },
];

/** Everything at once, as it comes: faults of receivers, links, processes, the database and the settings. */
async function mixture(world: World, trial: Trial, strikes: number) {
  const { chance } = trial;
  const customers = await Promise.all([1, 2, 3].map(() => join(world, trial)));
  for (const { producer } of customers) producer.begin(5);
  const starting: Promise<Instance>[] = [];
  for (let n = 0; n < strikes; n++) {
    await sleep(chance.between(0, 600));
    await strikeOnce(world, chance, chance.pick(customers), starting);
    if (chance.next() < 0.5) await passLeases(world.dead);
  }
  await Promise.all(starting);
  for (const { splunk, link } of customers) {
    splunk.heal();
    await link.heal();
  }
  await Promise.all(customers.map(({ producer }) => producer.rest()));
  await settleOnceMore(world, customers);
  return judge(world, customers, { runs: strikes, ambiguous: 3 * strikes, zombies: true });
}

async function strikeOnce(
  world: World,
  chance: Chance,
  { splunk, link, source, id }: Customer,
  starting: Promise<Instance>[],
): Promise<void> {
  const kind = chance.next();
  if (kind < 0.4) {
    splunk.inject(chance.pick(answers), { times: chance.between(1, 3) });
  } else if (kind < 0.55) {
    link.reset();
    link.change({ cutAfterBytes: chance.between(1, 2_000), cutBy: 'reset' }, chance.pick(['up', 'down']));
    await sleep(chance.between(100, 800));
    await link.heal();
  } else if (kind < 0.65) {
    await updateIntegration(source, id, { index: chance.pick(['audit', 'main']) });
  } else if (kind < 0.7) {
    await pauseIntegration(source, id);
    await sleep(chance.between(0, 500));
    await resumeIntegration(source, id);
  } else if (kind < 0.85) {
    world.postgres.link.reset();
  } else {
    await until(() => world.instances.length > 1, 'two servers run');
    const { ready } = await world.replace(chance.pick(world.instances));
    starting.push(ready);
  }
}
