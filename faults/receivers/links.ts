import { setTimeout as sleep } from 'node:timers/promises';
import { strikes, untilArrived, untilSaid, untilWaiting } from '@/faults/receivers/strike';
import { passWaits } from '@/faults/rig/time';
import type { World } from '@/faults/rig/world';

/** Connections that break, in every way that they do. */
export function links(world: World): void {
  strikes(world, {
    fault: 'connections refused',
    runs: [1, 20],
    // The reset may hit a request under way.
    ambiguous: 1,
    async strike(customer) {
      customer.link.refuse();
      customer.link.reset();
      await untilSaid(customer, 'degraded');
      await customer.link.heal();
      await untilArrived(customer);
    },
  });

  strikes(world, {
    fault: 'connections reset again and again',
    runs: [5, 100],
    ambiguous: 1,
    async strike({ link }, { chance }) {
      await sleep(chance.between(50, 700));
      link.reset();
    },
  });

  strikes(world, {
    fault: 'a black hole, then everything at once',
    runs: [1, 10],
    ambiguous: 1,
    eachAmbiguous: true,
    late: true,
    async strike(customer) {
      customer.link.change({ blackHole: true });
      await untilWaiting(customer);
      await sleep(2_000);
      await customer.link.heal();
      await untilArrived(customer);
      await untilSaid(customer, 'healthy', passWaits);
    },
  });

  strikes(world, {
    fault: 'a connection that is dead and does not say so',
    runs: [1, 5],
    ambiguous: 1,
    async strike(customer) {
      customer.link.orphan();
      await untilArrived(customer);
    },
  });

  strikes(world, {
    fault: 'answers cut somewhere on the way',
    runs: [3, 50],
    ambiguous: 1,
    eachAmbiguous: true,
    async strike(customer, { chance }) {
      customer.link.reset();
      // An answer has some 270 bytes. One that arrives whole ends the trouble before anybody can see it.
      customer.link.change({ cutAfterBytes: chance.between(1, 240), cutBy: 'reset' }, 'down');
      await untilSaid(customer, 'degraded').finally(() => customer.link.heal());
      await untilArrived(customer);
    },
  });
}
