import type { Page } from '@playwright/test';
import { log, panel, rows, scan, ben as somebody, targets } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';

test.describe.configure({ mode: 'parallel' });

const title = (page: Page) => panel(page).getByRole('heading', { level: 2 });
const at = (minute: number) => new Date(Date.UTC(2026, 10, 3, 12, minute));

/** With an id as the product makes them. */
const ben = { ...somebody, id: crypto.randomUUID() };

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('from an open event lead filters, exclusions, and ways to what happened around it', async ({
      adminPage: page,
      addEvents,
    }) => {
      const [request_id, session_id] = [crypto.randomUUID(), crypto.randomUUID()];
      const context = { ip: '192.0.2.9', origin: 'console' as const, request_id, session_id };
      const [, , event] = await addEvents(
        { targets: scan('long before'), actor: ben, time: at(0) },
        { targets: scan('same session'), context: { ...context, request_id: 'r' }, time: at(25) },
        { targets: scan('open'), actor: ben, context, time: at(30) },
        { targets: scan('same request'), context: { ...context, session_id: 's' }, time: at(31) },
        { targets: scan('same actor'), actor: ben, time: at(44) },
        { targets: scan('open'), time: at(59) },
      );
      const open = `${log}?action=scan.*&event=${event?.id}`;
      const link = (name: string) => panel(page).getByRole('link', { name, exact: true });
      const seen = async (params: string, shown: string[]) => {
        await expect(page).toHaveURL((url) => url.pathname === log && url.search.startsWith(`?${params}`));
        await expect(rows(page)).toHaveCount(shown.length);
        expect(await targets(page)).toEqual(shown);
      };
      const around: [label: string, params: string, shown: string[]][] = [
        [
          'Same actor ±15 min',
          `actor=${ben.id}&from=2026-11-03T12%3A15%3A00.000Z&to=2026-11-03T12%3A45%3A00.000Z&event=`,
          ['same actor', 'open'],
        ],
        ['Same request', `request=${request_id}&event=`, ['same request', 'open']],
        ['Same session', `session=${session_id}&event=`, ['open', 'same session']],
        ['History of open', 'target=open&event=', ['open', 'open']],
      ];
      for (const [label, params, shown] of around) {
        await page.goto(open);
        await link(label).click();
        await seen(params, shown);
        // It stays open, so that the reader sees where it stands among the others.
        await expect(rows(page).and(page.locator('[aria-current]'))).toContainText('12:30:00.000');
        await expect(title(page)).toHaveText('Ben Okafor started the scan open');
      }
      await page.goto(open);
      await link('Filter for this address').click();
      await seen('action=scan.*&ip=192.0.2.9', ['same request', 'open', 'same session']);
      await page.goto(open);
      await link('Exclude this actor').click();
      await seen(`action=scan.*&not_actor=${ben.id}`, ['open', 'same request', 'same session']);
      await expect(panel(page)).toHaveCount(0);
      // What excludes a value already has a link that asks for it instead, and none that would change nothing.
      await page.goto(`${open}&not_actor=${ben.id}`);
      await expect(link('Exclude this actor')).toHaveCount(0);
      await link('Filter for this actor').click();
      await seen(`action=scan.*&actor=${ben.id}`, ['same actor', 'open', 'long before']);

      await page.goto(`${log}/${event?.id}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ben Okafor started the scan open');
      await page.getByRole('link', { name: 'Older event', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText('same session');
      await page.getByRole('link', { name: 'Filter for this request', exact: true }).click();
      await seen('request=r', ['same session']);
    });

    test('the steps to the newer and older event follow the filter and go on beyond the edge of a page', async ({
      adminPage: page,
      addEvents,
    }) => {
      await addEvents(
        ...Array.from({ length: 54 }, (_, n) => ({ targets: scan(n % 2 ? 'other' : `s${n / 2}`) })),
      );
      await page.goto(`${log}?not_target=other&action=scan.*&size=25`);
      // s26 to s2 are on the page; s1 and s0 on the next.
      await rows(page).last().getByRole('link').click();
      await expect(title(page)).toContainText('s2');
      for (const [step, name] of [
        ['Older', 's1'],
        ['Older', 's0'],
        ['Newer', 's1'],
        ['Newer', 's2'],
        ['Newer', 's3'],
      ]) {
        await panel(page)
          .getByRole('link', { name: `${step} event`, exact: true })
          .click();
        await expect(title(page)).toHaveText(new RegExp(`${name}$`));
        await expect(rows(page).and(page.locator('[aria-current]'))).toContainText(`${name}scan`);
        await expect(panel(page).getByRole('link', { name: 'Older event', exact: true })).toHaveCount(
          name === 's0' ? 0 : 1,
        );
      }
    });
  });
}

test('an event is opened, read, stepped through, copied and closed by keyboard, and the focus comes back to its row', async ({
  adminPage: page,
  addEvents,
  context,
  query,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const [first] = await addEvents({ targets: scan('first') }, { targets: scan('second') });
  await page.goto(`${log}?action=scan.*`);
  const link = (at: number) => rows(page).nth(at).getByRole('link');
  await link(0).focus();
  await page.keyboard.press('Enter');
  await expect(title(page)).toBeFocused();
  await expect(title(page)).toContainText('second');
  await page.keyboard.press('j');
  await expect(title(page)).toContainText('first');
  await page.keyboard.press('c');
  const [stored] = await query<{ record: string }>('SELECT record FROM audit_event WHERE id = $1', [
    first?.id,
  ]);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(stored?.record);
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(link(1)).toBeFocused();

  // Letters mean nothing outside of the event, and Escape in a field is the field's.
  await page.keyboard.press('Enter');
  await expect(title(page)).toBeFocused();
  const address = page.url();
  await page.getByRole('combobox', { name: 'Search' }).focus();
  await page.keyboard.type('jkc');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeVisible();
  expect(page.url()).toBe(address);
  await panel(page).getByRole('link', { name: 'Close the event', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toHaveCount(0);
  await expect(link(1)).toBeFocused();
});
