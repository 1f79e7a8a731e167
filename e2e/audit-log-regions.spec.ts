import { expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import { log, rows, scan, targets } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';

test.describe.configure({ mode: 'parallel' });

const ben = {
  type: 'user' as const,
  id: 'ben-1',
  name: 'Ben Okafor',
  email: 'ben@acme.example',
  role: 'member',
};
const at = (time: string) => new Date(`2026-11-10T${time}Z`);

test('bars and counted values arrive after the rows, and each leads to exactly its events', async ({
  adminPage: page,
  addEvents,
}) => {
  await addEvents(
    { targets: scan('early'), time: at('02:10:00') },
    { targets: scan('failed'), time: at('14:05:00'), outcome: 'failure', actor: ben },
    { targets: scan('late'), time: at('14:15:00'), actor: ben },
  );
  const main = page.getByRole('main');
  await page.goto(`${log}?from=2026-11-10T00:00:00.000Z&to=2026-11-11T00:00:00.000Z`);
  const chart = main.getByRole('region', { name: 'Events over time' });
  await expect(chart).toContainText('3 events, 1 failed, most (2) 10 Nov 2026 14:00 – 14:30');
  await chart.locator('svg a').last().click();
  await expect(page).toHaveURL(/from=2026-11-10T14%3A00%3A00.000Z&to=2026-11-10T14%3A30%3A00.000Z/);
  await expect(rows(page)).toHaveCount(2);

  // The counts of a facet leave its own filter out, so that there is something else to choose.
  await page.goto(`${log}?action=scan.*&result=failure`);
  await main.getByRole('button', { name: 'Result 1' }).click();
  await expect(main.getByRole('link', { name: /No longer only Failed.*1 events/ })).toBeVisible();
  await main.getByRole('link', { name: /^OK.*2 events/ }).click();
  await expect(page).toHaveURL(`${log}?action=scan.*&result=failure&result=success`);
  await expect(rows(page)).toHaveCount(3);
  await main.getByRole('button', { name: 'Actor' }).click();
  await expectAccessible(page);
  await main.getByRole('link', { name: 'Exclude Ben Okafor' }).click();
  await expect(page).toHaveURL(/not_actor=ben-1/);
  await expect(rows(page)).toHaveCount(1);

  await main.getByRole('button', { name: 'Any time' }).click();
  await main.getByRole('link', { name: 'Last hour', exact: true }).click();
  await expect(page).toHaveURL(/range=1h/);
  await expect(page.getByRole('heading', { name: 'No events match these filters' })).toBeVisible();
  await main.getByRole('link', { name: 'Search last 90 days instead' }).click();
  await expect(page).toHaveURL(/range=90d/);
});

test('the query field completes keys and names, by keyboard and by pointer', async ({
  adminPage: page,
  addEvents,
  query,
  admin,
}) => {
  await addEvents({ actor: ben, targets: scan('of-ben') }, { targets: scan('other') });
  await page.goto(`${log}?action=scan.*`);
  const field = page.getByRole('combobox', { name: 'Search' });
  await field.pressSequentially('act');
  await expect(page.getByRole('option', { name: /^action:/ })).toBeVisible();
  await field.press('ArrowDown');
  await field.press('ArrowDown');
  await expect(page.getByRole('option', { name: /^actor:/ })).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(page);
  await field.press('Enter');
  await expect(field).toHaveValue('actor:');
  await field.pressSequentially('be');
  await page.getByRole('option', { name: /^ben-1/ }).click();
  await expect(field).toHaveValue('actor:ben-1 ');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await field.press('Enter');
  await expect(page).toHaveURL(`${log}?action=scan.*&actor=ben-1`);
  await expect(rows(page)).toHaveCount(1);

  // Whoever has asked too often searches on without.
  await query(
    `INSERT INTO rate_limit (key, count, window_start) VALUES ($1, 1000, now() + interval '1 hour')
       ON CONFLICT (key) DO UPDATE SET count = 1000, window_start = excluded.window_start`,
    [`audit-complete/${admin.id}`],
  );
  const refused = page.waitForResponse((response) => response.url().includes('/complete?'));
  await field.fill('targ');
  expect((await refused).status()).toBe(429);
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await field.fill('other');
  await field.press('Enter');
  await expect(page.getByRole('heading', { name: 'No events match these filters' })).toBeVisible();
});

test('keys move through the rows while the focus is among them; the one that works elsewhere can be switched off', async ({
  adminPage: page,
  addEvents,
}) => {
  await addEvents(...Array.from({ length: 30 }, (_, n) => ({ targets: scan(`n${n}`) })));
  await page.goto(`${log}?action=scan.*&size=25`);
  const field = page.getByRole('combobox', { name: 'Search' });
  await expect(field).toBeVisible();
  const link = (row: number) => rows(page).nth(row).getByRole('link');
  // A letter elsewhere does nothing, and one in a field is typed.
  await page.keyboard.press('j');
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await field.press('/');
  await expect(field).toHaveValue('/');
  await field.fill('');

  await link(0).focus();
  for (const key of ['j', 'ArrowDown', 'k']) await page.keyboard.press(key);
  await expect(link(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(link(24)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(link(0)).toBeFocused();
  // Until the other page is there the rows stay, dimmed, and the region says that it is busy.
  const region = page.getByRole('region', { name: 'Events', exact: true });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(`${log}?*`, async (route) => {
    if (!route.request().headers()['next-router-prefetch']) await held;
    await route.continue();
  });
  await page.keyboard.press(']');
  await expect(region).toHaveAttribute('aria-busy', 'true');
  await expect(page.locator('p[aria-live]', { hasText: 'Loading events…' })).toHaveCount(1);
  await expect(region.locator('tbody')).toHaveCSS('opacity', '0.6');
  await expect(rows(page)).toHaveCount(25);
  release();
  await expect(rows(page)).toHaveCount(5);
  await page.unroute(`${log}?*`);
  await expect(region).toHaveAttribute('aria-busy', 'false');
  await expect(page.locator('p[aria-live]', { hasText: 'Newest first, 5 of 30' })).toHaveCount(1);
  // The same search again leads to where one is: nothing stays busy.
  await field.press('Enter');
  await expect(page).toHaveURL(`${log}?action=scan.*&size=25`);
  await field.press('Enter');
  await expect(region).toHaveAttribute('aria-busy', 'false');
  await expect(rows(page)).toHaveCount(25);

  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('checkbox', { name: '/ goes to the search field' }).uncheck();
  // What it changes on the page says that the choice arrived; a reload before would take it back.
  await page.getByRole('radio', { name: 'One line' }).check();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(rows(page).first().getByRole('cell').first()).toHaveCSS('height', '32px');
  await page.reload();
  await expect(field).toBeVisible();
  await page.getByRole('link', { name: 'Older', exact: true }).focus();
  await page.keyboard.press('/');
  await expect(field).not.toBeFocused();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('the columns and the height of the rows are the reader’s choice and stay so', async ({
      adminPage: page,
      addEvents,
      addIntegration,
    }) => {
      await addEvents({ targets: scan('first'), context: { origin: 'api', user_agent: 'curl/8.5' } });
      await addIntegration('healthy');
      await page.goto(`${log}?action=scan.*`);
      await page.getByRole('button', { name: 'View', exact: true }).click();
      for (const name of ['Result', 'Address']) await page.getByRole('checkbox', { name }).uncheck();
      for (const name of ['Origin', 'Program', 'Delivery'])
        await page.getByRole('checkbox', { name, exact: true }).check();
      await page.getByRole('radio', { name: 'One line' }).check();
      await page.getByRole('button', { name: 'Apply' }).click();
      await expect(page.getByRole('columnheader')).toHaveText([
        'Time (UTC)',
        'Actor',
        'Action',
        'Target',
        'Origin',
        'Program',
        'Delivery',
      ]);
      await expect(page).toHaveURL(`${log}?action=scan.*`);
      await expect(rows(page).first()).toContainText('api');
      await expect(rows(page).first()).toContainText('curl/8.5');
      await expect(rows(page).first()).toContainText('Delivered');
      await expect(rows(page).first().getByRole('cell').first()).toHaveCSS('height', '32px');
      expect(await targets(page)).toEqual(['first']);
      if (!javaScriptEnabled) return;
      await expectAccessible(page);
      await expectToFitNarrowScreen(page);
      await expectAccessible(page);
    });
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('what would stream in waits on a page of its own', async ({ adminPage: page, addEvents }) => {
    await addEvents({ targets: scan('one') }, { targets: scan('two'), outcome: 'failure' });
    await page.goto(`${log}?action=scan.*`);
    const main = page.getByRole('main');
    await expect(main.getByText('Counting events…')).toBeHidden();
    await expect(main.getByRole('button', { name: 'Actor' })).toHaveCount(0);
    await main.getByRole('link', { name: 'Counts as tables' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Counts' })).toBeVisible();
    await expect(main.getByRole('region', { name: 'Events over time' }).first()).toContainText(
      '2 events, 1 failed',
    );
    await main
      .getByRole('region', { name: 'Result' })
      .getByRole('link', { name: /^Failed/ })
      .click();
    await expect(page).toHaveURL(`${log}?action=scan.*&result=failure`);
    expect(await targets(page)).toEqual(['two']);
  });
});
