import { labTarget, makeEvent, openLabPage, untilLabHasAll } from '@/e2e/contract/lab';
import type { Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps } from '@/e2e/contract/step';
import { expect, expectStatus, press } from '@/e2e/siem';

/** An event that Splunk refuses for its content. Returns its number; ends on the page of parked events. */
async function parkOne(stage: Stage): Promise<string> {
  await untilLabHasAll(stage);
  stage.lab.answerNext({
    status: 400,
    body: { text: 'Event field is required', code: 12, 'invalid-event-number': 0 },
  });
  await makeEvent(stage);
  const seq = String((await stage.log()).at(-1)?.seq);
  await expect(async () => {
    await openLabPage(stage, 'parked', 'Parked events');
    await expect(stage.page.getByRole('link', { name: `Dismiss No. ${seq}`, exact: true })).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 15_000 });
  return seq;
}

/** What becomes of events that Splunk refuses for their content. */
export const parkedSteps: Steps<'siem.parked.retry' | 'siem.parked.dismiss'> = {
  'siem.parked.retry': async (stage) => {
    const seq = await parkOne(stage);
    await press(stage.page, `Retry No. ${seq}`);
    await expectStatus(stage.page, `Event No. ${seq} is sent again.`);
    return {
      all: ['siem.test_connection', 'siem.parked.retry'],
      actor: actorOf(stage.admin),
      targets: [await labTarget(stage)],
      metadata: { events: 1, seqs: [seq] },
    };
  },

  'siem.parked.dismiss': async (stage) => {
    const { page, admin } = stage;
    const seq = await parkOne(stage);
    await page.getByRole('link', { name: `Dismiss No. ${seq}`, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Dismiss event No. ${seq}`);
    await page.getByRole('textbox', { name: 'Reason' }).fill('Only a test of the connection');
    await press(page, 'Dismiss event');
    await expectStatus(page, `Event No. ${seq} was dismissed.`);
    return {
      all: ['siem.test_connection', 'siem.parked.dismiss'],
      actor: actorOf(admin),
      targets: [await labTarget(stage)],
      metadata: { seq, reason: 'Only a test of the connection' },
    };
  },
};
