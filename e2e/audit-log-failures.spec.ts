import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { expectAccessible } from '@/e2e/accessible';
import { log, openFields, rows } from '@/e2e/audit-log';
import { withDatabase } from '@/e2e/database';
import { expect, signIn } from '@/e2e/fixtures';
import { test } from '@/e2e/installation';

test('what cannot be read is never an empty log: rows, counts and bars each fail alone, and come back', async ({
  page,
  browser,
  query,
  installation,
  admin,
}) => {
  await signIn(page, admin);
  const main = page.getByRole('main');
  const alert = main.getByRole('alert');
  const filtered = `${log}?q=alice&action=user.*&result=success`;
  await page.goto(filtered);
  await expect(rows(page)).toHaveCount(1);

  await query('REVOKE SELECT ON audit_event FROM CURRENT_USER');
  expect((await page.reload())?.status()).toBe(503);
  await expect(alert).toContainText('Events could not be loaded');
  await expect(page.getByText('No events match')).toHaveCount(0);
  await expect(page.getByText('No events yet')).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue('alice');
  await openFields(page);
  await expect(main.getByLabel('Action', { exact: true })).toHaveValue('user.*');
  await expect(main.getByRole('link', { name: 'Remove the filter Result: OK' })).toBeVisible();
  await expectAccessible(page);
  const number = (await alert.locator('code').textContent()) ?? '';
  const told = (await readFile(installation.logFile, 'utf8'))
    .split('\n')
    .filter((line) => line.includes(number));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('permission denied for table audit_event');

  const unscripted = await browser.newContext({
    baseURL: installation.url,
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await unscripted.newPage();
  await plain.goto(filtered);
  await expect(plain.getByRole('main').getByRole('alert')).toContainText('Events could not be loaded');

  // With JavaScript the page stays, and with it what is being typed.
  await page.getByRole('combobox', { name: 'Search' }).fill('alice fox');
  await alert.getByRole('link', { name: 'Try again' }).click();
  await expect(alert.locator('code')).not.toHaveText(number);
  await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue('alice fox');

  await query('GRANT SELECT ON audit_event TO CURRENT_USER');
  await alert.getByRole('link', { name: 'Try again' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(alert).toHaveCount(0);
  await expect(page).toHaveURL(filtered);
  await plain.getByRole('link', { name: 'Try again' }).click();
  await expect(rows(plain)).toHaveCount(1);
  await unscripted.close();

  // What PostgreSQL stopped for its length has another cure.
  const blocker = new pg.Client({ connectionString: installation.databaseUrl });
  await blocker.connect();
  await blocker.query('BEGIN; LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE');
  await page.goto(`${log}?action=user.*`, { waitUntil: 'commit' });
  await expect(alert).toContainText('These filters took too long to search.');
  await blocker.query('ROLLBACK');
  await blocker.end();
  await alert.getByRole('link', { name: 'Search last 24 hours instead' }).click();
  await expect(page).toHaveURL(`${log}?action=user.*&range=24h`);
  await expect(rows(page)).toHaveCount(1);

  // Names are the one thing that a count needs and the rows do not.
  const unavailable = 'Counts are unavailable right now.';
  const chart = main.getByRole('region', { name: 'Events over time' });
  await query('REVOKE SELECT ON audit_party FROM CURRENT_USER');
  await page.goto(`${log}?action=user.login`);
  await expect(rows(page)).toHaveCount(1);
  await expect(chart).toContainText('1 event, 0 failed');
  await main.getByRole('button', { name: 'Actor', exact: true }).click();
  await expect(main.getByText(unavailable).filter({ visible: true })).toHaveCount(1);
  await query('GRANT SELECT ON audit_party TO CURRENT_USER');

  const bars = 'EXECUTE ON FUNCTION width_bucket(anycompatible, anycompatiblearray)';
  const superuserUrl = installation.superuserUrl.replace(/\/postgres$/, '/tracekeep');
  await withDatabase(superuserUrl, (asSuperuser) => asSuperuser(`REVOKE ${bars} FROM PUBLIC`));
  await page.goto(`${log}?action=user.login&result=success`);
  await expect(rows(page)).toHaveCount(1);
  await expect(chart).toContainText(unavailable);
  await expectAccessible(page);
  await main.getByRole('button', { name: 'Actor', exact: true }).click();
  await expect(main.getByRole('link', { name: /^Alice Fox/ })).toBeVisible();
});
