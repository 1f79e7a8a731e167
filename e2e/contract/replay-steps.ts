import { labName, labTarget, openLabPage, untilLabHasAll } from '@/e2e/contract/lab';
import { destination } from '@/e2e/contract/siem-steps';
import type { Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps } from '@/e2e/contract/step';
import { card, expect, expectStatus, press } from '@/e2e/siem';

const count = expect.stringMatching(/^\d+$/);

/** The last day begins behind what is ancient. */
const first = ({ ancient }: Stage) => String(ancient.length + 1);

/** Presses a button of the one replay that there is. */
async function change(stage: Stage, button: string, words: string) {
  await press(stage.page, button);
  await expectStatus(stage.page, words);
  return {
    actor: actorOf(stage.admin),
    targets: [await labTarget(stage)],
    metadata: { first_seq: first(stage), last_seq: count, events: count, sent: '0' },
  };
}

/** A replay while Splunk is busy, so that it is still there to be paused; then the integration goes. */
export const replaySteps: Steps<
  | 'siem.integration.replay'
  | 'siem.replay.pause'
  | 'siem.replay.resume'
  | 'siem.replay.cancel'
  | 'siem.integration.delete'
> = {
  'siem.integration.replay': async (stage) => {
    const { page, lab, admin } = stage;
    await untilLabHasAll(stage);
    lab.setCondition({ queueFill: 1 });
    await openLabPage(stage, 'replay', 'Replay');
    await press(page, 'Preview');
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText(`No. ${first(stage)} to`);
    await press(page, 'Start replay');
    await expectStatus(page, 'The replay was started.');
    return {
      actor: actorOf(admin),
      targets: [await labTarget(stage)],
      metadata: { first_seq: first(stage), last_seq: count, events: count },
    };
  },

  'siem.replay.pause': (stage) => change(stage, 'Pause replay', 'The replay was paused.'),
  'siem.replay.resume': (stage) => change(stage, 'Resume replay', 'The replay goes on.'),
  'siem.replay.cancel': (stage) => change(stage, 'Cancel replay', 'The replay was cancelled.'),

  'siem.integration.delete': async (stage) => {
    const { page, lab, admin } = stage;
    const gone = await labTarget(stage);
    await page.goto('/settings/siem');
    await card(page, labName).getByRole('link', { name: 'Delete integration' }).click();
    await page.getByRole('textbox', { name: `Type ${labName} to confirm` }).fill(labName);
    await press(page, 'Delete integration');
    await expectStatus(page, 'The integration was deleted.');
    return {
      actor: actorOf(admin),
      targets: [gone],
      metadata: { ...destination(lab), undelivered: count },
    };
  },
};
