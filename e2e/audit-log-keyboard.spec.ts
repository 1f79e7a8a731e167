import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { log, panel, rows, scan } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';
import { readCsv } from '@/lib/audit-export/testing/read-csv';

/** Presses keys and counts them. After each the focus is somewhere: never lost to the page as a whole. */
function countedKeys(page: Page) {
  let presses = 0;
  return {
    presses: () => presses,
    press: async (...keys: string[]) => {
      for (const key of keys) {
        await page.keyboard.press(key);
        presses += 1;
        await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), key).not.toBe('BODY');
      }
    },
  };
}

const row = (page: Page, at: number) => rows(page).nth(at).getByRole('link');

test('by keyboard alone one of many events is found, opened and exported in forty presses, and the focus is never lost', async ({
  adminPage: page,
  addEvents,
}) => {
  const failed = (name: string) => ({
    actor: { type: 'anonymous' as const },
    action: 'user.login_failed' as const,
    outcome: 'failure' as const,
    targets: [{ type: 'user' as const, name: `${name}@acme.example` }],
    metadata: { method: 'email' as const, reason: 'wrong_password' as const },
  });
  const added = await addEvents(
    ...Array.from({ length: 60 }, (_, n) => (n % 10 === 0 ? failed(n < 50 ? 'bob' : 'mira') : {})),
  );
  // Of Bob are 0, 10, 20, 30 and 40.
  const third = added[20]?.id ?? '';
  await page.goto(log);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go live', exact: true })).toBeVisible();
  const { press, presses } = countedKeys(page);

  await test.step('the first row is a few stops away', async () => {
    await press('Tab', 'Enter', 'Tab');
    await expect(page.getByRole('link', { name: 'Skip to the events' })).toBeFocused();
    await press('Enter', 'Tab', 'Tab', 'Tab');
    await expect(row(page, 0)).toBeFocused();
    expect(presses()).toBeLessThanOrEqual(15);
  });

  await page.reload();
  await expect(page.getByRole('button', { name: 'Go live', exact: true })).toBeVisible();
  const begun = presses();
  await press('/', ...'bob login_f', 'Enter');
  await expect(rows(page)).toHaveCount(5);
  await expect(page).toHaveURL(`${log}?q=bob+login_f`);
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused();
  await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab');
  await expect(page.getByRole('link', { name: 'Skip to the events' })).toBeFocused();
  await press('Enter', 'Tab', 'Tab', 'Tab');
  await expect(row(page, 0)).toBeFocused();
  await press('j', 'j', 'Enter');
  await expect(panel(page).getByRole('heading', { level: 2 })).toBeFocused();
  await expect(panel(page)).toContainText(third);
  await press('e');
  await expect(page.getByRole('heading', { level: 1, name: 'Export events' })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
  await press('Tab', 'Tab');
  await expect(page.getByRole('button', { name: 'Download CSV' })).toBeFocused();
  const arriving = page.waitForEvent('download');
  await press('Enter');
  const file = await (await arriving).path();
  const [head = [], ...cells] = readCsv(await readFile(file, 'utf8'));
  expect(cells.map((cell) => cell[head.indexOf('id')])).toEqual([third]);
  expect(presses() - begun).toBeLessThanOrEqual(40);
});

test('keys and links that turn the pages keep the focus at the rows, and keys of the browser stay the browser’s', async ({
  adminPage: page,
  addEvents,
}) => {
  await addEvents(...Array.from({ length: 60 }, (_, n) => ({ targets: scan(`n${n}`) })));
  await page.goto(`${log}?action=scan.*&size=25`);
  await expect(page.getByRole('button', { name: 'Go live', exact: true })).toBeVisible();
  const { press } = countedKeys(page);
  const first = (name: string) => expect(rows(page).first()).toContainText(`${name}scan`);

  await row(page, 3).focus();
  await press(']');
  await first('n34');
  await expect(row(page, 0)).toBeFocused();
  await press(']');
  await first('n9');
  await expect(row(page, 0)).toBeFocused();
  await press('[');
  await first('n34');
  // The link that led to the last page is not on it.
  await page.getByRole('link', { name: 'Older', exact: true }).focus();
  await press('Enter');
  await first('n9');
  await expect(page.locator('#events')).toBeFocused();

  // What is typed in the query language becomes another address on the way.
  const field = page.getByRole('combobox', { name: 'Search' });
  await field.fill('target:n1');
  await press('Enter');
  await expect(page).toHaveURL(/target=n1/);
  await first('n19');
  await expect(field).toBeFocused();

  // Whatever has the focus, nothing of ours is in the way of what these do in a browser.
  await page.evaluate(() => {
    window.addEventListener('keydown', ({ key, ctrlKey, defaultPrevented }) => {
      const taken = document.documentElement.dataset.taken ?? '';
      if (ctrlKey && defaultPrevented) document.documentElement.dataset.taken = `${taken} ${key}`;
    });
  });
  await row(page, 0).focus();
  const address = page.url();
  for (const place of ['row', 'field', 'event']) {
    if (place === 'field') await page.getByRole('combobox', { name: 'Search' }).focus();
    if (place === 'event') {
      await row(page, 0).focus();
      await press('Enter');
      await expect(panel(page).getByRole('heading', { level: 2 })).toBeFocused();
    }
    const before = place === 'event' ? page.url() : address;
    for (const key of ['j', 'k', 'c', 'e', 'u', 'l', 't']) {
      await page.evaluate((pressed) => {
        const options = { key: pressed, ctrlKey: true, bubbles: true, cancelable: true };
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', options));
      }, key);
    }
    expect(page.url(), place).toBe(before);
  }
  await expect(page.locator('html')).not.toHaveAttribute('data-taken');
});
