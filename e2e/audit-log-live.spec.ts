import { log, rows, scan } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';

test('new events that match are counted, nothing moves until somebody asks for them, and counting ends with the session', async ({
  adminPage: page,
  addEvents,
  admin,
  query,
}) => {
  await addEvents({ targets: scan('first') });
  await page.goto(`${log}?action=scan.*`);
  await expect(rows(page)).toHaveCount(1);
  const main = page.getByRole('main');
  await addEvents(
    { targets: scan('second') },
    { targets: scan('third') },
    { action: 'user.login', metadata: { method: 'email' } },
  );
  await expect(main.getByText('2 new events', { exact: true }).last()).toBeVisible({ timeout: 15_000 });
  await expect(main.locator('[aria-live=polite]')).toHaveText('2 new events');
  await expect(rows(page)).toHaveCount(1);
  await main.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(main.getByText('new events')).toHaveCount(0);

  await query('UPDATE session SET revoked_at = now() WHERE user_id = $1', [admin.id]);
  await expect(
    main.getByText('New events are no longer counted, because you are signed out.').last(),
  ).toBeVisible({ timeout: 15_000 });
  await main.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('an older page, and a range that has ended, wait for nothing', async ({
  adminPage: page,
  addEvents,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/audit-log/live') && asked.push(request.url()));
  await addEvents(...Array.from({ length: 30 }, () => ({})));
  await page.goto(`${log}?to=2026-01-01T00:00:00.000Z`, { waitUntil: 'load' });
  await expect(page.getByText('No events match these filters')).toBeVisible();
  expect(asked).toEqual([]);
  await page.goto(`${log}?size=25&action=scan.*`);
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Older', exact: true }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(rows(page)).toHaveCount(5);
  asked.length = 0;
  await page.reload({ waitUntil: 'load' });
  await expect(rows(page)).toHaveCount(5);
  expect(asked).toEqual([]);
});
