import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Customer, join } from '@/faults/rig/customer';
import { judge } from '@/faults/rig/judge';
import { scenario } from '@/faults/rig/scenario';
import { settleOnceMore } from '@/faults/rig/settle';
import type { World } from '@/faults/rig/world';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import type { Simulator } from '@/splunk/simulator/simulator';

type Place = { splunk: Simulator; hecUrl: string };

/** Settings of an integration that change while it is at work. */
export function changes(world: World): void {
  scenario('address, token and index changed, paused and resumed under load', async (trial) => {
    const customer = await join(world, trial);
    const { source, id, producer, splunk } = customer;
    const second = await customer.openSplunk();
    const places: Place[] = [
      { splunk, hecUrl: `http://127.0.0.1:${customer.link.port}` },
      { splunk: second, hecUrl: second.url },
    ];
    let place: Place = { splunk, hecUrl: places[0]?.hecUrl ?? '' };
    // Answers take a while, so that a change finds a request under way.
    for (const { splunk } of places) splunk.inject({ kind: 'slowHeaders', ms: 60 }, { probability: 0.7 });

    const changes: ((customer: Customer) => Promise<void>)[] = [
      () => updateIntegration(source, id, { index: trial.chance.pick(['audit', 'main']) }),
      async () => {
        const hecToken = randomUUID();
        const [{ name } = { name: 'another' }] = place.splunk.tokens;
        place.splunk.setToken({ value: hecToken, name: `${name}'`, allowedIndexes: ['audit', 'main'] });
        await updateIntegration(source, id, { hecToken });
      },
      async () => {
        place = trial.chance.pick(places);
        await updateIntegration(source, id, { hecUrl: place.hecUrl, hecToken: place.splunk.token });
      },
      async () => {
        await pauseIntegration(source, id);
        await sleep(trial.chance.between(0, 300));
        await resumeIntegration(source, id);
      },
    ];
    producer.begin(6);
    const runs = trial.runs(20, 400);
    for (let run = 0; run < runs; run++) {
      await sleep(trial.chance.between(20, 300));
      await trial.chance.pick(changes)(customer);
    }
    await producer.rest();
    await settleOnceMore(world, [customer]);
    // A change fences the sender, and the next one need not wait for the end of the request of the old settings.
    return judge(world, [customer], { runs, ambiguous: runs, zombies: true });
  });
}
