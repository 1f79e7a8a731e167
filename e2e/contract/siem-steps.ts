import type { Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps } from '@/e2e/contract/step';
import { card, expect, expectStatus, fill, press } from '@/e2e/siem';
import type { Simulator } from '@/splunk/simulator/simulator';

const first = 'Splunk';
export const renamed = 'Prod Splunk';

/** The five steps of the specification: from Settings > SIEM to a stream of events. */
async function connectSplunk({ page, typed }: Stage): Promise<void> {
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'SIEM' }).click();
  const splunk = page.getByRole('region', { name: 'Splunk' }).first();
  await splunk.getByRole('link', { name: 'Add Integration' }).click();
  await fill(page, typed);
  await press(page, 'Test Connection');
  await expect(page.getByRole('region', { name: 'Test result' })).toContainText('Splunk accepted');
  await press(page, 'Add Integration');
  await expectStatus(page, 'Splunk integration added');
}

/** An integration as what an event is about. */
export async function target({ query, organization }: Stage, name: string) {
  const [row] = await query<{ id: string }>(
    'SELECT id FROM siem_integration WHERE organization_id = $1 AND name = $2',
    [organization.id, name],
  );
  return { type: 'siem_integration' as const, id: row?.id ?? '', name };
}

/** What an event says of where an integration sends to. */
export function destination({ url }: Pick<Simulator, 'url'>) {
  return { host: new URL(url).host, index: 'audit' };
}

/** What is done about the stream itself. Pausing comes right before resuming: until then nothing arrives. */
export const siemSteps: Steps<
  | 'siem.integration.create'
  | 'siem.test_connection'
  | 'siem.integration.update'
  | 'siem.integration.pause'
  | 'siem.integration.resume'
> = {
  'siem.integration.create': async (stage) => {
    await connectSplunk(stage);
    return {
      all: ['siem.test_connection', 'siem.integration.create'],
      actor: actorOf(stage.admin),
      targets: [await target(stage, first)],
      metadata: {
        ...destination(stage.simulator),
        start_seq: String(stage.ancient.length + 2),
        paused: false,
        trust: 'system',
      },
    };
  },

  'siem.test_connection': async (stage) => {
    const { page, admin, simulator } = stage;
    await card(page, first).getByRole('link', { name: 'Edit settings' }).click();
    await press(page, 'Test Connection');
    await expect(page.getByRole('region', { name: 'Test result' })).toContainText('Splunk accepted');
    return {
      actor: actorOf(admin),
      targets: [await target(stage, first)],
      metadata: {
        ...destination(simulator),
        test_id: expect.stringMatching(/^t-[0-9a-f]{8}$/),
        result: 'accepted',
        http_status: 200,
        hec_code: 0,
        duration_ms: expect.any(Number),
      },
    };
  },

  'siem.integration.update': async (stage) => {
    const { page, admin } = stage;
    await fill(page, { name: renamed });
    await press(page, 'Save changes');
    await expectStatus(page, `${renamed} was changed.`);
    return {
      all: ['siem.test_connection', 'siem.integration.update'],
      actor: actorOf(admin),
      targets: [await target(stage, renamed)],
      changes: [{ field: 'name', from: first, to: renamed }],
      metadata: { fields: ['name'] },
    };
  },

  'siem.integration.pause': async (stage) => {
    await card(stage.page, renamed).getByRole('button', { name: 'Pause' }).click();
    await expect(card(stage.page, renamed)).toContainText('Paused by');
    return { actor: actorOf(stage.admin), targets: [await target(stage, renamed)], metadata: {} };
  },

  'siem.integration.resume': async (stage) => {
    await card(stage.page, renamed).getByRole('button', { name: 'Resume' }).click();
    await expect(card(stage.page, renamed).getByRole('button', { name: 'Pause' })).toBeVisible();
    return {
      actor: actorOf(stage.admin),
      targets: [await target(stage, renamed)],
      metadata: { waiting: expect.stringMatching(/^\d+$/) },
    };
  },
};
