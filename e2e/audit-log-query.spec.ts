import { ben, log, rows, scan, targets } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('what is typed in the query language becomes the address and the chips; what is not understood is told', async ({
      adminPage: page,
      addEvents,
    }) => {
      await addEvents(
        { targets: scan('of-ben'), actor: ben, context: { ip: '192.0.2.7', origin: 'api' } },
        { targets: scan('near'), context: { ip: '192.0.2.200', origin: 'api' } },
        { targets: scan('far'), context: { ip: '198.51.100.1', origin: 'api' } },
      );
      await page.goto(log);
      const search = page
        .getByRole('form', { name: 'Filter the audit log' })
        .getByLabel('Search', { exact: true });
      await search.fill('action:scan.* -actor:"ben okafor" ip:192.0.2.9/24 origin:api near');
      await page.getByRole('button', { name: 'Search' }).click();
      await expect(page).toHaveURL(
        `${log}?q=near&action=scan.*&not_actor=ben+okafor&ip=192.0.2.0%2F24&origin=api`,
      );
      expect(await targets(page)).toEqual(['near']);
      await expect(search).toHaveValue('near');
      const active = page.getByRole('list', { name: 'Active filters' });
      await expect(active.getByRole('link')).toHaveText([
        'Remove the filter “near”',
        'Remove the filter Action: scan.*',
        'Remove the filter Actor is not ben okafor',
        'Remove the filter Address: 192.0.2.0/24',
        'Remove the filter Origin: api',
        'Clear all filters',
      ]);
      await active.getByRole('link', { name: 'Actor is not' }).click();
      // The other links have to forget it first.
      await expect(active.getByRole('link')).toHaveCount(5);
      await active.getByRole('link', { name: '“near”' }).click();
      await expect(rows(page)).toHaveCount(2);
      // What no control of the form shows stays when the form is sent again.
      await search.fill('actr:ben');
      await page.getByRole('button', { name: 'Search' }).click();
      await expect(page.getByRole('main').getByRole('status')).toContainText(
        'Unknown filter “actr”. It was left out. Did you mean “actor”?',
      );
      await expect(rows(page)).toHaveCount(2);
    });
  });
}
