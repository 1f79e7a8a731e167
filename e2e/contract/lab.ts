import { renamed, target } from '@/e2e/contract/siem-steps';
import type { Stage } from '@/e2e/contract/stage';
import { card, expect, press } from '@/e2e/siem';

export const labName = 'Lab Splunk';

/** The integration that sends to the lab, as what an event is about. */
export const labTarget = (stage: Stage) => target(stage, labName);

/** Opens a page of the lab's integration, by the last part of its address. */
export async function openLabPage(stage: Stage, page: 'parked' | 'replay', heading: string): Promise<void> {
  await stage.page.goto(`/settings/siem/splunk/${(await labTarget(stage)).id}/${page}`);
  await expect(stage.page.getByRole('heading', { level: 1 })).toHaveText(heading);
}

/** An event that says nothing about the lab: the other integration is tested. */
export async function makeEvent({ page }: Stage): Promise<void> {
  await page.goto('/settings/siem');
  await card(page, renamed).getByRole('link', { name: 'Edit settings' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Edit ${renamed}`);
  await press(page, 'Test Connection');
  await expect(page.getByRole('region', { name: 'Test result' })).toContainText('Splunk accepted');
}

/** Waits until the lab has everything that stands in the log. */
export async function untilLabHasAll(stage: Stage): Promise<void> {
  const newest = (await stage.log()).at(-1);
  await expect
    .poll(() => stage.lab.events().map(({ fields }) => fields?.event_id), { timeout: 15_000 })
    .toContain(newest?.id);
}
