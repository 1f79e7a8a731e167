import { untilSaid } from '@/faults/receivers/strike';
import { join } from '@/faults/rig/customer';
import { judge } from '@/faults/rig/judge';
import { scenario } from '@/faults/rig/scenario';
import { settle, settleOnceMore } from '@/faults/rig/settle';
import type { World } from '@/faults/rig/world';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { retryParked } from '@/lib/siem/parked/retry-parked';
import type { HecCode } from '@/splunk/simulator/codes';

/** Splunk names the bad event, by a number that counts from 0 or, of an index, from 1. */
const named: readonly HecCode[] = [6, 12, 13];

/** Events that Splunk does not take, and requests that are too large for it. */
export function refusedEvents(world: World): void {
  for (const [poison, good] of [
    [1, 29],
    [10, 20],
  ] as const) {
    scenario(
      `poison: ${poison} of ${poison + good} events in a batch`,
      async (trial) => {
        const customer = await join(world, trial);
        const { source, id, splunk, producer } = customer;
        const runs = trial.runs(1, 10);
        for (let run = 0; run < runs; run++) {
          const code = trial.chance.pick(named);
          const fault = splunk.inject({ kind: 'partial', code }, { where: { events: { text: 'poison' } } });
          await pauseIntegration(source, id);
          const names = shuffled(trial.chance, poison, good);
          for (const name of names) await producer.act(name);
          await resumeIntegration(source, id);
          await settle(world, [customer]);
          splunk.heal(fault);
        }
        await settleOnceMore(world, [customer]);
        return judge(world, [customer], { runs, ambiguous: 0, refused: 'poison' });
      },
      { concurrent: true },
    );
  }

  scenario(
    'poison: every event, until Splunk is mended and an admin retries',
    async (trial) => {
      const customer = await join(world, trial);
      const { source, id, splunk, producer } = customer;
      await settle(world, [customer]);
      const fault = splunk.inject({ kind: 'partial' }, { where: { events: { text: 'event_id' } } });
      await pauseIntegration(source, id);
      await producer.actTimes(30, 'poison');
      await resumeIntegration(source, id);
      await untilSaid(customer, 'blocked');
      splunk.heal(fault);
      await settle(world, [customer]);
      await retryParked(source, id, 'all');
      await settleOnceMore(world, [customer]);
      return judge(world, [customer], { runs: 1, ambiguous: 0 });
    },
    { concurrent: true },
  );

  scenario(
    'requests larger than the receiver takes',
    async (trial) => {
      const customer = await join(world, trial);
      const { source, id, splunk, producer } = customer;
      const runs = trial.runs(1, 10);
      for (let run = 0; run < runs; run++) {
        splunk.setLimits({ maxContentLengthBytes: trial.chance.between(2_500, 6_000) });
        await pauseIntegration(source, id);
        await producer.actTimes(20);
        await resumeIntegration(source, id);
        await settle(world, [customer]);
        splunk.setLimits({ maxContentLengthBytes: 1_000_000 });
      }
      await settleOnceMore(world, [customer]);
      return judge(world, [customer], { runs, ambiguous: 0 });
    },
    { concurrent: true },
  );
}

/** So many names of both kinds in an order of chance. */
function shuffled(chance: { next(): number }, poison: number, good: number): string[] {
  return [...Array<string>(poison).fill('poison'), ...Array<string>(good).fill('good')]
    .map((name) => ({ name, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
}
