import { createScan, expect, ok, state, test } from '@/e2e/scans';
import { expectStatus, press, refusal } from '@/e2e/siem';

// Workers, a browser and two servers share whatever else the machine does.
test.describe.configure({ mode: 'parallel' });

test('a schedule shows what it means, starts the scan in the name of the scheduler, and goes', async ({
  adminPage: page,
  admin,
  serve,
  query,
  scanEvents,
}) => {
  const id = await createScan(page, 'nightly', await serve(ok));
  await page.getByRole('link', { name: 'Add schedule' }).click();

  await test.step('the next runs are shown before anything is stored, in the zone of the schedule', async () => {
    await page.getByLabel('Repeats').selectOption('Every week');
    await page.getByLabel('Day of the week').selectOption('Sunday');
    await page.getByLabel('Time', { exact: true }).fill('02:30');
    await page.getByLabel('Time zone', { exact: true }).selectOption('Europe/Berlin');
    await press(page, 'Show next runs');
    const preview = page.getByRole('region', { name: 'Next runs, once it is saved' });
    await expect(preview).toContainText('At 02:30, only on Sunday, Europe/Berlin');
    await expect(preview.getByRole('listitem')).toHaveCount(3);
    await expect(preview.getByRole('listitem').first()).toHaveText(/^Sun .+ 02:30 \(\+0[12]:00\)$/);
    await expect(preview).toContainText('does not exist in Europe/Berlin; the run starts at 03:00.');
    expect(await query('SELECT cron FROM scan WHERE id = $1', [id])).toEqual([{ cron: null }]);
    await expect(page.getByLabel('Day of the week')).toHaveValue('0');
  });

  await test.step('an expression that would never rest is refused at its field', async () => {
    await page.getByLabel('Repeats').selectOption('By a cron expression');
    await page.getByLabel('Cron expression').fill('*/5 * * * *');
    await press(page, 'Save schedule');
    await expect(
      refusal(page).getByRole('link', { name: 'A scan can run every 15 minutes at most' }),
    ).toBeVisible();
    await page.getByLabel('Repeats').selectOption('Every week');
    await press(page, 'Save schedule');
    await expectStatus(page, 'The schedule was saved.');
    await expect(page.getByRole('region', { name: 'Schedule' })).toContainText('At 02:30, only on Sunday');
  });

  await query(`UPDATE scan SET next_run_at = now() - interval '3 days' WHERE id = $1`, [id]);
  await expect(async () => {
    await page.reload();
    await expect(state(page)).toContainText('by the schedule', { timeout: 1_000 });
    await expect(state(page)).toContainText('Finished', { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });

  await page.getByRole('link', { name: 'Change schedule' }).click();
  await expect(page.getByLabel('Repeats')).toHaveValue('weekly');
  await press(page, 'Remove schedule');
  await expectStatus(page, 'The schedule was removed.');

  await test.step('deleting asks for the name, because there are results', async () => {
    await page.getByRole('link', { name: 'Delete scan' }).click();
    await press(page, 'Delete scan');
    await expect(refusal(page)).toContainText('Type nightly to confirm');
    await page.getByRole('textbox', { name: 'Type nightly to confirm' }).fill('nightly');
    await press(page, 'Delete scan');
    await expectStatus(page, 'The scan was deleted.');
    expect((await page.goto(`/scans/${id}`))?.status()).toBe(404);
  });

  const who = `user ${admin.name}`;
  expect(await scanEvents()).toMatchObject([
    { action: 'scan.create', actor: who },
    { action: 'scan.schedule', actor: who, cron: '30 2 * * 0', time_zone: 'Europe/Berlin' },
    { action: 'scan.start', actor: 'system Scheduler', trigger: 'schedule' },
    { action: 'scan.finish', actor: 'system Scanner' },
    { action: 'scan.unschedule', actor: who },
    { action: 'scan.delete', actor: who },
  ]);
});
