import { createScan, expect, state, test } from '@/e2e/scans';
import { expectStatus, press, refusal } from '@/e2e/siem';

test.use({ javaScriptEnabled: false });
// Workers, a browser and two servers share whatever else the machine does.
test.describe.configure({ mode: 'parallel' });

test('without JavaScript everything that changes something works the same', async ({
  adminPage: page,
  serve,
  scanEvents,
}) => {
  await page.goto('/scans/new');
  await press(page, 'Create scan');
  await expect(refusal(page)).toContainText('Enter a name.');
  const waiting: (() => void)[] = [];
  const id = await createScan(
    page,
    'plain',
    await serve((_request, response) => waiting.push(() => response.end('<h1>Hello</h1>'))),
  );
  const other = await page.context().newPage();
  await other.goto('/scans');
  await press(page, 'Start');
  await expectStatus(page, 'plain was started.');

  await test.step('who comes too late is told who was faster, and sees how things are now', async () => {
    await other.getByRole('button', { name: 'Start plain' }).click();
    await expect(other.getByRole('main').getByRole('alert')).toHaveText(
      /Alice Fox started this scan \d+ s ago\./,
    );
    await expect(other.getByRole('button', { name: 'Stop plain' })).toBeVisible();
    await expect.poll(() => waiting.length).toBe(1);
    for (const answer of waiting) answer();
  });
  await expect(async () => {
    await page.goto(`/scans/${id}`);
    await expect(state(page)).toContainText('Finished', { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await page.goto('/scans');
  await expect(page.getByRole('row', { name: /plain/ })).toContainText('Grade F');

  await page.goto(`/scans/${id}/schedule`);
  await expect(page.getByLabel('Cron expression')).toBeHidden();
  await page.getByLabel('Repeats').selectOption('Every month');
  await page.getByLabel('Day of the month').selectOption('Last day');
  await press(page, 'Show next runs');
  await expect(page.getByText('At 02:00, on the last day of the month')).toBeVisible();
  await expect(page.getByLabel('Repeats')).toHaveValue('monthly');
  await press(page, 'Save schedule');
  await expectStatus(page, 'The schedule was saved.');
  await page.goto(`/scans/${id}/schedule`);
  await press(page, 'Remove schedule');
  await expectStatus(page, 'The schedule was removed.');

  await page.goto(`/scans/${id}/delete`);
  await page.getByRole('textbox', { name: 'Type plain to confirm' }).fill('plain');
  await press(page, 'Delete scan');
  await expectStatus(page, 'The scan was deleted.');
  expect((await scanEvents()).map(({ action }) => action)).toEqual([
    'scan.create',
    'scan.start',
    'scan.finish',
    'scan.schedule',
    'scan.unschedule',
    'scan.delete',
  ]);
});
