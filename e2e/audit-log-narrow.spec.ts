import { log, panel, rows, scan } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';

test.use({ viewport: { width: 320, height: 640 } });

test('on the narrowest screen the focus is never under the top bar, and times, columns and an event are reached by a press', async ({
  adminPage: page,
  addEvents,
}) => {
  await addEvents(...Array.from({ length: 60 }, (_, n) => ({ targets: scan(`n${n}`) })));
  await page.goto(`${log}?action=scan.*`);
  await expect(page.getByRole('button', { name: 'Go live', exact: true })).toBeVisible();
  await expect(rows(page)).toHaveCount(50);
  const link = (at: number) => rows(page).nth(at).getByRole('link');
  /** Whether the corners and the middle of what has the focus are its row's, and nothing lies over them. */
  const uncovered = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      const row = activeElement?.closest('tr');
      if (!activeElement || !row) return 'no row has the focus';
      const { left, right, top, bottom } = activeElement.getBoundingClientRect();
      const points: [number, number][] = [
        [left + 1, top + 1],
        [right - 1, top + 1],
        [(left + right) / 2, (top + bottom) / 2],
        [left + 1, bottom - 1],
        [right - 1, bottom - 1],
      ];
      const over = points
        .map(([x, y]) => document.elementFromPoint(x, y))
        .filter((hit) => !row.contains(hit));
      return over.map((hit) => hit?.outerHTML.slice(0, 120) ?? 'out of sight').join();
    });
  await link(0).focus();
  for (const key of ['Tab', 'Shift+Tab']) {
    expect(await uncovered()).toBe('');
    for (let n = 1; n < 50; n += 1) {
      await page.keyboard.press(key);
      expect(await uncovered(), `${key} ${n}`).toBe('');
    }
    await expect(link(key === 'Tab' ? 49 : 0)).toBeFocused();
  }

  const main = page.getByRole('main');
  await link(0).click();
  await expect(panel(page).getByRole('heading', { level: 2 })).toBeInViewport();
  await panel(page).getByRole('link', { name: 'Close the event', exact: true }).click();
  await expect(panel(page)).toHaveCount(0);

  await main.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Origin', exact: true }).check();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(rows(page).first()).toContainText('Origin console');

  // What a bar of the chart leads to, without its few pixels.
  await main.getByRole('link', { name: 'Counts as tables', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Counts' })).toBeVisible();
  await main.getByRole('region', { name: 'Events over time' }).last().getByRole('link').first().click();
  await expect(page).toHaveURL(/from=.*&to=/);
  await expect(rows(page).first()).toBeVisible();
});
