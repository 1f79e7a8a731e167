import { setTimeout as sleep } from 'node:timers/promises';
import { type Customer, join } from '@/faults/rig/customer';
import { judge } from '@/faults/rig/judge';
import { scenario, type Trial } from '@/faults/rig/scenario';
import { settleOnceMore } from '@/faults/rig/settle';
import { until } from '@/faults/rig/until';
import type { World } from '@/faults/rig/world';
import { db } from '@/lib/db/client';

type Strike = {
  readonly fault: string;
  readonly runs: readonly [short: number, full: number];
  strike(trial: Trial, customers: readonly Customer[]): Promise<void>;
};

/** A database that dies, and links to it that break. */
export function database(world: World): void {
  const strikes: readonly Strike[] = [
    {
      fault: 'PostgreSQL killed and started again',
      runs: [2, 20],
      async strike({ chance }, customers) {
        await sleep(chance.between(300, 1_000));
        await world.postgres.crash(chance.pick(['SIGQUIT', 'SIGKILL'] as const));
        await sleep(chance.between(0, 1_500));
        await world.postgres.restart();
        await untilConfirmed(customers);
      },
    },
    {
      fault: 'database connections cut',
      runs: [5, 200],
      async strike({ chance }, customers) {
        await sleep(chance.between(50, 500));
        if (chance.next() < 0.5) world.postgres.link.reset();
        else await terminateSome(chance.between(1, 5));
        await untilConfirmed(customers);
      },
    },
    {
      fault: 'database connections that are dead and do not say so',
      runs: [1, 10],
      async strike(_, customers) {
        // The servers have sessions in use then, on a quick machine all of them, and wait for answers that never come.
        const acts = await withLockedScans(async (sessionsThatWait) => {
          const burst = customers.flatMap(({ producer }) => Array.from({ length: 40 }, () => producer.act()));
          await until(async () => (await sessionsThatWait()) >= 10n, 'sessions are in use');
          world.postgres.link.orphan();
          return { burst };
        });
        await Promise.all(
          world.instances.map((instance) => until(() => instance.well(), 'a server is well')),
        );
        await Promise.all(acts.burst);
        await untilConfirmed(customers);
      },
    },
    {
      fault: 'a database that is 200 ms away',
      runs: [1, 5],
      async strike(_, customers) {
        world.postgres.link.change({ latencyMs: 100 });
        await sleep(4_000);
        world.postgres.link.change({ latencyMs: 0 });
        await untilConfirmed(customers);
      },
    },
  ];

  for (const { fault, runs: times, strike } of strikes) {
    scenario(fault, async (trial) => {
      const customers = await Promise.all([1, 2].map(() => join(world, trial)));
      for (const { producer } of customers) producer.begin(5);
      const runs = trial.runs(...times);
      for (let run = 0; run < runs; run++) await strike(trial, customers);
      await Promise.all(customers.map(({ producer }) => producer.rest()));
      await settleOnceMore(world, customers);
      const alive = world.instances.filter(({ running }) => running).length;
      if (alive !== 2) throw new Error('a server did not survive');
      return judge(world, customers, { runs, ambiguous: runs });
    });
  }
}

/** Until the servers confirm actions again. */
async function untilConfirmed(customers: readonly Customer[]): Promise<void> {
  const before = customers.map(({ producer }) => producer.confirmed);
  await until(
    () => customers.every(({ producer }, at) => producer.confirmed > (before[at] ?? 0) + 1),
    'actions are confirmed again',
  );
}

/** Ends sessions of the servers, whatever they are in the middle of. */
async function terminateSome(count: number): Promise<void> {
  await db().$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND client_port IS NOT NULL
     ORDER BY random() LIMIT ${count}`;
}

/** While nobody can change a scan. The question is asked within the transaction, which would otherwise be ended as idle. */
function withLockedScans<T>(work: (sessionsThatWait: () => Promise<bigint>) => Promise<T>): Promise<T> {
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE scan IN ACCESS EXCLUSIVE MODE`;
      return work(async () => {
        await tx.$executeRaw`SELECT pg_stat_clear_snapshot()`;
        const [row] = await tx.$queryRaw<{ count: bigint }[]>`
          SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return row?.count ?? 0n;
      });
    },
    { timeout: 150_000 },
  );
}
