import type { Page } from '@playwright/test';
import { expectAccessible } from '@/e2e/accessible';
import { allEvents, log, rows, scan, targets } from '@/e2e/audit-log';
import { expect, refusal, test } from '@/e2e/furnished';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const told = (page: Page) => page.getByRole('main').getByRole('status');

/** Opens the menu of views by keyboard and follows one of its links. */
async function follow(page: Page, menu: string, link: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: link, exact: true }).focus();
  await page.keyboard.press('Enter');
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a filter gets a name, is shared, opens the log, is renamed and deleted, by keyboard', async ({
      adminPage: page,
      addEvents,
      openAs,
    }) => {
      await addEvents({ targets: scan('fine') }, { targets: scan('broken'), outcome: 'failure' });
      await page.goto(`${log}?action=scan.*&result=failure`);
      await follow(page, 'Saved views', 'Save this view');
      await expect(heading(page, 'Save view')).toBeVisible();
      await expect(page.getByRole('list', { name: 'Filters' }).getByRole('listitem')).toHaveText([
        'Action: scan.*',
        'Result: Failed',
      ]);
      await page.getByLabel('Name').fill(' ');
      await page.getByLabel('Share with Acme Security').check();
      await page.getByLabel('Open first').check();
      await page.getByLabel('Name').press('Enter');
      await expect(refusal(page)).toContainText('Enter a name.');
      await expect(page.getByLabel('Share with Acme Security')).toBeChecked();
      await page.getByLabel('Name').fill('Broken scans');
      await page.getByLabel('Name').press('Enter');
      await expect(told(page)).toContainText('Broken scans was saved.');

      // It opens first for whoever chose that, and only for them; all events stay one link away.
      await page.goto(log);
      await expect(page).toHaveURL(`${log}?action=scan.*&result=failure`);
      await expect(rows(page)).toHaveCount(1);
      expect(await targets(page)).toEqual(['broken']);
      if (javaScriptEnabled) {
        await page.getByRole('button', { name: 'Saved views: Broken scans', exact: true }).click();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
      }
      await follow(page, 'Saved views: Broken scans', 'All events');
      await expect(page).toHaveURL(allEvents);
      await expect(rows(page)).toHaveCount(3);

      const other = await openAs('auditor');
      await other.goto(log);
      await expect(other).toHaveURL(log);
      await follow(other, 'Saved views', 'Manage views');
      await expect(heading(other, 'Saved views')).toBeVisible();
      await expect(other.getByRole('main')).toContainText('Shared by Alice Fox');
      await other.getByRole('button', { name: 'Open Broken scans first', exact: true }).click();
      await expect(told(other)).toContainText('The audit log now opens with Broken scans.');

      await page.goto(`${log}/views`);
      await page.getByRole('link', { name: 'Details of Broken scans', exact: true }).click();
      await expect(heading(page, 'Broken scans')).toBeVisible();
      await page.getByLabel('Name').fill('Failed scans');
      await page.getByLabel('Share with Acme Security').uncheck();
      await page.getByRole('button', { name: 'Save changes', exact: true }).click();
      await expect(told(page)).toContainText('Failed scans was changed.');
      await other.goto(log);
      await expect(other).toHaveURL(log);

      await page.getByRole('link', { name: 'Details of Failed scans', exact: true }).click();
      await expect(heading(page, 'Failed scans')).toBeVisible();
      await page.getByRole('link', { name: 'Delete this view', exact: true }).click();
      await expect(heading(page, 'Delete Failed scans')).toBeVisible();
      await page.getByRole('button', { name: 'Delete view', exact: true }).click();
      await expect(told(page)).toContainText('The view was deleted.');
      await expect(page.getByRole('heading', { name: 'No saved views yet', exact: true })).toBeVisible();
      await page.goto(log);
      await expect(page).toHaveURL(log);
      await expect(rows(page)).toHaveCount(4);
    });
  });
}
