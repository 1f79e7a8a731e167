import type { Page } from '@playwright/test';
import {
  addIntegration,
  delivered,
  expect,
  expectInSplunk,
  expectStatus,
  press,
  refusal,
  test,
} from '@/e2e/siem';

test.describe.configure({ mode: 'parallel' });

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a replay is previewed, started by who proves who they are, paused, resumed and cancelled, and told', async ({
      adminPage: page,
      admin,
      organization,
      simulator,
      typed,
      addEvents,
      query,
      log,
    }) => {
      await addEvents({}, {}, {});
      await addIntegration(page, typed);
      await expectInSplunk(simulator, async () => (await log()).slice(-1));
      const count = (await log()).length;
      const [integration] = await query<{ id: string }>(
        'SELECT id FROM siem_integration WHERE organization_id = $1',
        [organization.id],
      );
      const path = `/settings/siem/splunk/${integration?.id}/replay`;
      const active = page.getByRole('region', { name: `Replay of No. 1 to ${count}` });
      const history = page.getByRole('region', { name: 'Earlier replays' });

      await test.step('a time that is none is named', async () => {
        await page.goto(path);
        await page.getByLabel(/^From/).fill('');
        await press(page, 'Preview');
        await expect(refusal(page).getByRole('link', { name: 'Enter when the range begins' })).toBeVisible();
        await expect(page.getByLabel(/^From/)).toHaveAttribute('aria-invalid', 'true');
        await expect(preview(page)).toHaveCount(0);
      });

      await test.step('the preview says what would be sent; starting wants a fresh proof of who one is', async () => {
        await page.goto(path);
        await press(page, 'Preview');
        await expect(preview(page)).toContainText(`${count} events, No. 1 to ${count}`);
        await expect(preview(page)).toContainText('audit');
        await expect(preview(page)).toContainText('less than a minute, at 1,000 events a second');
        await expect(preview(page)).toContainText('Splunk may get events that it has');
        simulator.setCondition({ queueFill: 1 });
        await query(`UPDATE session SET confirmed_at = now() - interval '31 minutes' WHERE user_id = $1`, [
          admin.id,
        ]);
        await press(page, 'Start replay');
        await expect(page).toHaveURL(/\/confirm\?/);
        await page.getByLabel('Password', { exact: true }).fill(admin.password);
        await press(page, 'Confirm');
        await expect(heading(page)).toHaveText('Replay');
        await press(page, 'Start replay');
        await expectStatus(page, 'The replay was started.');
        await expect(active).toContainText(`0 of ${count} (0 %)`);
        await expect(active.getByRole('progressbar')).toHaveAttribute('max', String(count));
      });

      await test.step('it stands back while Splunk is busy, and no other may overlap it', async () => {
        await expect(async () => {
          await page.goto(path);
          await expect(active).toContainText('It waits for the live stream', { timeout: 1_000 });
        }).toPass({ timeout: 20_000 });
        await press(page, 'Preview');
        await expect(preview(page)).toContainText('A part of this time is being replayed already');
        await expect(page.getByRole('button', { name: 'Start replay' })).toHaveCount(0);
      });

      await test.step('it is paused, goes on when Splunk is well, and ends', async () => {
        await press(page, 'Pause replay');
        await expectStatus(page, 'The replay was paused.');
        await expect(active).toContainText('Paused');
        simulator.setCondition({ queueFill: 0 });
        await press(page, 'Resume replay');
        await expectStatus(page, 'The replay goes on.');
        await expect(async () => {
          await page.goto(path);
          await expect(history).toContainText('Finished', { timeout: 1_000 });
        }).toPass({ timeout: 40_000 });
        await expect(history).toContainText(`${count} events`);
        await expect(history).toContainText(`by ${admin.name}`);
        // Also what happened before Splunk was connected.
        const sent = delivered(simulator).map(({ fields }) => fields?.event_id);
        expect(sent).toEqual(expect.arrayContaining((await log()).slice(0, count).map((event) => event.id)));
      });

      await test.step('another one is cancelled', async () => {
        simulator.setCondition({ queueFill: 1 });
        await press(page, 'Preview');
        await press(page, 'Start replay');
        await expectStatus(page, 'The replay was started.');
        await press(page, 'Cancel replay');
        await expectStatus(page, 'The replay was cancelled.');
        await expect(history.getByRole('row').nth(1)).toContainText('Cancelled');
      });

      const actions = (await log()).map(({ action }) => action);
      expect(actions.filter((action) => /replay/.test(action))).toEqual([
        'siem.integration.replay',
        'siem.replay.pause',
        'siem.replay.resume',
        'siem.integration.replay',
        'siem.replay.cancel',
      ]);
    });
  });
}
