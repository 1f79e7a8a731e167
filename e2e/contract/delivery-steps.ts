import { ageLog } from '@/e2e/contract/age-log';
import { labName, labTarget, makeEvent } from '@/e2e/contract/lab';
import { renamed, target } from '@/e2e/contract/siem-steps';
import type { Stage } from '@/e2e/contract/stage';
import type { Steps } from '@/e2e/contract/step';
import { addIntegration, expect } from '@/e2e/siem';

const system = { from: 'system', actor: { type: 'system' } } as const;
const count = expect.stringMatching(/^\d+$/);

/** What the delivery itself has to tell: that it is alive, that it stopped, that it goes on. */
export const deliverySteps: Steps<
  'siem.heartbeat' | 'siem.integration.blocked' | 'siem.integration.recovered'
> = {
  'siem.heartbeat': async (stage) => {
    const { id } = await target(stage, renamed);
    await stage.query('UPDATE siem_integration SET heartbeat_minutes = 1 WHERE id = $1', [id]);
    await ageLog(stage);
    // Twice a minute somebody looks.
    await expect
      .poll(async () => (await stage.log()).at(-1)?.action, { timeout: 60_000 })
      .toBe('siem.heartbeat');
    await stage.query('UPDATE siem_integration SET heartbeat_minutes = NULL WHERE id = $1', [id]);
    return { ...system, targets: [await target(stage, renamed)], metadata: { idle_minutes: 1 } };
  },

  'siem.integration.blocked': async (stage) => {
    const { page, lab, typed } = stage;
    await addIntegration(page, { ...typed, hecUrl: lab.url, hecToken: lab.token, name: labName });
    await lab.waitFor((events) => events.some(({ fields }) => fields?.action === 'siem.integration.create'));
    allow(stage, ['main']);
    await makeEvent(stage);
    return {
      ...system,
      all: [
        'siem.test_connection',
        'siem.integration.create',
        'siem.test_connection',
        'siem.integration.blocked',
      ],
      targets: [await labTarget(stage)],
      metadata: { cause: 'index_not_allowed', http_status: 400, hec_code: 7, waiting: count },
    };
  },

  'siem.integration.recovered': async (stage) => {
    allow(stage, ['main', 'audit']);
    const target = await labTarget(stage);
    // The next probe would come in five minutes.
    await stage.query('UPDATE siem_stream SET next_attempt_at = now() WHERE integration_id = $1', [
      target.id,
    ]);
    return {
      ...system,
      targets: [target],
      metadata: { blocked_since: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/), waiting: count },
    };
  },
};

/** Changes in Splunk into which indexes the lab's token may write. */
function allow({ lab }: Stage, allowedIndexes: string[]): void {
  lab.setToken({ value: lab.token, allowedIndexes });
}
