import type { Page } from '@playwright/test';
import { log, rows, scan, targets } from '@/e2e/audit-log';
import { expect, signIn, test } from '@/e2e/furnished';

test.use({ timezoneId: 'Pacific/Auckland' });

/** A page of the log whose times are the same in the HTML, to the letter, as after the browser has taken it up. */
async function openSteadily(page: Page, address: string): Promise<void> {
  const response = await page.goto(address, { waitUntil: 'load' });
  // What only a page that was taken up shows.
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeVisible();
  const sent = await page.evaluate(
    (html) => {
      const sentPage = new DOMParser().parseFromString(html, 'text/html');
      return [...sentPage.querySelectorAll('main table th, main table time, main table time + *')].map(
        ({ textContent }) => textContent,
      );
    },
    (await response?.text()) ?? '',
  );
  expect(sent.length).toBeGreaterThan(1);
  await expect(page.locator('main table th, main table time, main table time + *')).toHaveText(
    sent.map((text) => text ?? ''),
  );
}

const heading = (page: Page) => page.getByRole('columnheader').first();
/** Clock and day of each row, newest first. */
const times = (page: Page) => rows(page).locator('td:first-child').allTextContents();

async function search(page: Page, query: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Search' }).fill(query);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
}

test('a day is that of the reader’s zone, its address means the same in every zone, and a repeated hour is told apart', async ({
  adminPage: page,
  browser,
  addEvents,
  addPerson,
  baseURL,
}) => {
  await addEvents(
    { targets: scan('first 02:30'), time: new Date('2026-10-25T00:30:00Z') },
    { targets: scan('second 02:30'), time: new Date('2026-10-25T01:30:00Z') },
    { targets: scan('eve'), time: new Date('2026-11-09T10:59:59.999Z') },
    { targets: scan('midnight'), time: new Date('2026-11-09T11:00:00Z') },
    { targets: scan('evening'), time: new Date('2026-11-10T10:59:59.999Z') },
    { targets: scan('morrow'), time: new Date('2026-11-10T11:00:00Z') },
  );
  await page.goto(`${log}?action=scan.*`);
  await page.getByRole('button', { name: 'Time zone: UTC' }).click();
  await page.getByRole('button', { name: /^Local/ }).click();
  await expect(page.getByRole('button', { name: 'Time zone: UTC+13' })).toBeVisible();
  await search(page, 'created:2026-11-10');
  await expect(page).toHaveURL(
    `${log}?action=scan.*&from=2026-11-09T11%3A00%3A00.000Z&to=2026-11-10T11%3A00%3A00.000Z`,
  );
  await expect(rows(page)).toHaveCount(2);
  const shared = page.url();
  await openSteadily(page, shared);
  await expect(heading(page)).toHaveText('Time (UTC+13)');
  expect(await targets(page)).toEqual(['evening', 'midnight']);
  expect(await times(page)).toEqual(['23:59:59.99910 Nov 2026', '00:00:00.00010 Nov 2026']);

  await test.step('the same link in another zone', async () => {
    const context = await browser.newContext({ timezoneId: 'America/St_Johns' });
    const reader = await context.newPage();
    await signIn(reader, await addPerson('auditor'));
    await context.addCookies([{ name: 'tz', value: 'America/St_Johns', url: baseURL ?? '' }]);
    await openSteadily(reader, shared);
    await expect(heading(reader)).toHaveText('Time (UTC-3:30)');
    expect(await targets(reader)).toEqual(['evening', 'midnight']);
    expect(await times(reader)).toEqual(['07:29:59.99910 Nov 2026', '07:30:00.0009 Nov 2026']);
    // The same words are another day there.
    await reader.goto(`${log}?action=scan.*`);
    await search(reader, 'created:2026-11-10');
    await expect(rows(reader)).toHaveCount(2);
    expect(await targets(reader)).toEqual(['morrow', 'evening']);
    await context.close();
  });

  await test.step('the night in which summer time ends', async () => {
    await page.context().addCookies([{ name: 'tz', value: 'Europe/Berlin', url: baseURL ?? '' }]);
    await openSteadily(page, `${log}?action=scan.*&to=2026-10-26T00:00:00.000Z`);
    await expect(heading(page)).toHaveText('Time (Europe/Berlin)');
    expect(await times(page)).toEqual(['02:30:00.00025 Oct 2026 +01:00', '02:30:00.00025 Oct 2026 +02:00']);
    expect(await targets(page)).toEqual(['second 02:30', 'first 02:30']);
    const cell = rows(page).first().getByRole('cell').first();
    const [box, inner] = [await cell.boundingBox(), await cell.getByText('+01:00').boundingBox()];
    expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
  });
});
