import { setTimeout as sleep } from 'node:timers/promises';
import { join } from '@/faults/rig/customer';
import { judge } from '@/faults/rig/judge';
import { scenario } from '@/faults/rig/scenario';
import { settle, settleOnceMore } from '@/faults/rig/settle';
import { holderOf } from '@/faults/rig/time';
import type { World } from '@/faults/rig/world';
import { leaseMs } from '@/lib/siem/delivery/lease';

/** Servers that come, go and freeze. */
export function instances(world: World): void {
  scenario('SIGSTOP of the lease holder for twice the lease, then SIGCONT', async (trial) => {
    const customer = await join(world, trial);
    const { id, splunk, producer } = customer;
    const runs = trial.runs(1, 10);
    for (let run = 0; run < runs; run++) {
      await settle(world, [customer]);
      const before = splunk.events().length;
      // It sleeps in the middle of a request, whose answer waits for it when it wakes up: late enough for a slow machine
      // to freeze it in time, and before somebody else takes over.
      splunk.inject({ kind: 'slowHeaders', ms: 12_000 }, { times: 1 });
      await producer.act();
      await splunk.waitFor((events) => events.length > before, { timeoutMs: 120_000 });
      const pid = await holderOf(id);
      const holder = world.instances.find((instance) => instance.pid === pid);
      if (!holder) throw new Error(`the lease is held by ${pid}, which is none of the servers`);
      holder.freeze();
      world.remove(holder);
      const frozenMs = performance.now();
      await producer.actTimes(5);
      // With the lease as it is in life: somebody else takes over when it has run out.
      await settle(world, [customer], { inRealTime: true });
      await sleep(Math.max(0, 2 * leaseMs - (performance.now() - frozenMs)));
      holder.thaw();
      world.add(holder);
      await producer.actTimes(6);
    }
    await settleOnceMore(world, [customer]);
    return judge(world, [customer], { runs, ambiguous: runs, zombies: true });
  });

  scenario('three servers stopped and started under load', async (trial) => {
    const customers = await Promise.all([1, 2, 3, 4].map(() => join(world, trial)));
    for (const { splunk, producer } of customers) {
      splunk.inject({ kind: 'slowHeaders', ms: 100 }, { probability: 0.5 });
      producer.begin(3);
    }
    const runs = trial.runs(1, 20);
    for (let run = 0; run < runs; run++) {
      // From three to one and back.
      for (const instance of [...world.instances].slice(1)) {
        await sleep(trial.chance.between(0, 500));
        const code = await instance.stop();
        if (code !== 0) throw new Error(`a server that was told to stop ended with ${code}`);
        world.remove(instance);
      }
      await Promise.all([world.startInstance(), world.startInstance()]);
    }
    await Promise.all(customers.map(({ producer }) => producer.rest()));
    await settleOnceMore(world, customers);
    return judge(world, customers, { runs, ambiguous: 0 });
  });
}
