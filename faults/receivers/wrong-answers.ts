import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from '@/faults/receivers/answers';
import { join } from '@/faults/rig/customer';
import { judge } from '@/faults/rig/judge';
import { scenario } from '@/faults/rig/scenario';
import { settleOnceMore } from '@/faults/rig/settle';
import { holderOf, passWaits } from '@/faults/rig/time';
import { until } from '@/faults/rig/until';
import type { World } from '@/faults/rig/world';
import { db } from '@/lib/db/client';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';

/** Receivers that answer wrongly, all at the same time and each with its own Splunk. */
export function wrongAnswers(world: World): void {
  for (const { fault, inject, times, ambiguous = false, several = false, pauses } of answers) {
    scenario(
      fault,
      async (trial) => {
        const customer = await join(world, trial);
        const { source, splunk, producer, id } = customer;
        producer.begin(2);
        const rounds = trial.runs(1, 10);
        for (let round = 0; round < rounds; round++) {
          await sleep(trial.chance.between(0, 1_000));
          if (several) {
            await pauseIntegration(source, id);
            await until(async () => (await holderOf(id)) === undefined, 'the request under way ends');
          }
          splunk.inject(inject, { times });
          // The events of pause and resumption wait, at least.
          if (several) await resumeIntegration(source, id);
          if (pauses === 'blocked') {
            await until(
              async () => (await stateOf(id)) === 'blocked',
              'I9: the stream is said to be blocked',
            );
          }
          await until(async () => {
            if (pauses) await passWaits(id);
            return splunk.faults().length === 0;
          }, 'the fault strikes');
        }
        await producer.rest();
        await settleOnceMore(world, [customer]);
        return judge(world, [customer], { runs: rounds * times, ambiguous: ambiguous ? rounds * times : 0 });
      },
      { concurrent: true },
    );
  }
}

async function stateOf(integrationId: string): Promise<string> {
  return (await db().siemStream.findUniqueOrThrow({ where: { integrationId } })).state;
}
