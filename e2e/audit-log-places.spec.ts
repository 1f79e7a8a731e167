import type { Page } from '@playwright/test';
import { ben, log, panel, rows, scan } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';

/** The ids of the events that are shown, newest first. */
const ids = (page: Page): Promise<(string | undefined)[]> =>
  rows(page)
    .locator('td:first-child a')
    .evaluateAll((links) => links.map((link) => /event=([^&#]+)/.exec(link.getAttribute('href') ?? '')?.[1]));

test('where a reader stands is the address: a reload, Back and a colleague’s browser show the same filters, page and event', async ({
  adminPage: page,
  openAs,
  addEvents,
}) => {
  const added = await addEvents(
    ...Array.from({ length: 140 }, (_, n) => ({
      targets: scan(`s${n}`),
      ...(n % 2 === 0 && { actor: ben, outcome: 'failure' as const }),
    })),
  );
  const wanted = added
    .filter((_, n) => n % 2 === 0)
    .map(({ id }) => id)
    .reverse();
  const filtered = `${log}?action=scan.*&actor=ben&result=failure&size=25`;
  await page.goto(filtered);
  await expect(rows(page)).toHaveCount(25);
  const addresses = [page.url()];
  const seen = [await ids(page)];
  for (const count of [25, 20]) {
    await page.getByRole('link', { name: 'Older', exact: true }).click();
    await expect(rows(page)).toHaveCount(count);
    await expect(rows(page).first().locator(`a[href*="${wanted[seen.flat().length]}"]`)).toBeVisible();
    addresses.push(page.url());
    seen.push(await ids(page));
  }
  expect(seen.flat()).toEqual(wanted);
  for (const address of addresses) expect(address).toContain(filtered);

  const open = wanted[52];
  const looked = async (reader: Page) => {
    await expect(reader.getByRole('list', { name: 'Active filters' }).getByRole('listitem')).toHaveCount(4);
    await expect(panel(reader)).toContainText(open ?? 'no event');
    await expect(rows(reader).and(reader.locator('[aria-current]'))).toHaveCount(1);
    expect(await ids(reader)).toEqual(seen[2]);
  };
  await rows(page).nth(2).getByRole('link').click();
  await looked(page);
  await page.reload();
  await looked(page);
  const colleague = await openAs('auditor');
  await colleague.goto(page.url());
  await looked(colleague);

  for (const at of [2, 1, 0]) {
    await page.goBack();
    await expect(page).toHaveURL(addresses[at] ?? '');
    await expect(panel(page)).toHaveCount(0);
    await expect(rows(page).first().locator(`a[href*="${seen[at]?.[0]}"]`)).toBeVisible();
    expect(await ids(page)).toEqual(seen[at]);
  }
});
