import { type Customer, join } from '@/faults/rig/customer';
import { judge, together } from '@/faults/rig/judge';
import { scenario } from '@/faults/rig/scenario';
import { settle, settleOnceMore } from '@/faults/rig/settle';
import type { World } from '@/faults/rig/world';

const deaths: readonly ((customer: Customer) => void)[] = [
  ({ splunk }) => void splunk.inject({ kind: 'hang' }),
  ({ link }) => link.change({ blackHole: true }),
  ({ link }) => link.refuse(),
  ({ splunk }) => void splunk.inject({ kind: 'busy' }),
  ({ splunk }) => splunk.disableToken(splunk.token),
];

/** Receivers that are dead, and what they do to the others: nothing. */
export function deadNeighbours(world: World): void {
  scenario('20 organizations, 10 of them with dead receivers', async (trial) => {
    const customers = await Promise.all(Array.from({ length: 20 }, () => join(world, trial)));
    const [dead, living] = [customers.slice(0, 10), customers.slice(10)];
    dead.forEach((customer, at) => {
      deaths[at % deaths.length]?.(customer);
    });
    const actions = trial.runs(8, 200);
    await Promise.all(customers.map(({ producer }) => producer.actTimes(actions)));
    // In life's own time, and before any of the dead is well again.
    await settle(world, living, { inRealTime: true });
    for (const { splunk, link } of dead) {
      splunk.heal();
      splunk.enableToken(splunk.token);
      await link.heal();
    }
    await settleOnceMore(world, customers);
    const ofLiving = await judge(world, living, { runs: 0, ambiguous: 0 });
    // What stands in a black hole arrives after all when that ends, beside what was sent again.
    return together(ofLiving, await judge(world, dead, { runs: 10, ambiguous: 20, zombies: true }));
  });
}
