import { allEvents, ben, log, openFields, panel, rows, scan, targets } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';

test.describe.configure({ mode: 'parallel' });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('each filter of the form stands in the address and leaves the events it names', async ({
      adminPage: page,
      addEvents,
    }) => {
      await addEvents(
        { targets: scan('old'), time: new Date('2026-11-01T12:00:00Z') },
        { targets: scan('of-ben'), actor: ben, time: new Date('2026-11-10T12:00:00Z') },
        { targets: scan('stopped'), action: 'scan.stop', metadata: { run_id: crypto.randomUUID() } },
        { targets: scan('failed'), outcome: 'failure' },
        { targets: scan('from-afar'), context: { ip: '192.0.2.99', origin: 'api' } },
      );
      const filters: [label: string, name: string, value: string, left: string[]][] = [
        ['Action', 'action', 'scan.stop', ['stopped']],
        ['Action', 'action', 'scan.*', ['from-afar', 'failed', 'stopped', 'of-ben', 'old']],
        ['Actor', 'actor', 'ben', ['of-ben']],
        ['Result', 'result', 'failure', ['failed']],
        ['Time', 'range', '1h', ['from-afar', 'failed', 'stopped']],
        ['From (UTC)', 'from', '2026-11-10T12:00', ['from-afar', 'failed', 'stopped', 'of-ben']],
        ['Before (UTC)', 'to', '2026-11-10T12:00', ['old']],
        ['Search', 'q', '192.0.2.99', ['from-afar']],
      ];
      const choose = async (label: string, value: string) => {
        if (label !== 'Search') await openFields(page);
        const form = page.getByRole('form', { name: 'Filter the audit log' });
        const control = form.getByLabel(label, { exact: true });
        const isList = await control.evaluate((element) => element.tagName === 'SELECT');
        await (isList ? control.selectOption(value) : control.fill(value));
        return control;
      };
      await page.goto(log);
      for (const [label, name, value, left] of filters) {
        const control = await choose(label, value);
        await page.getByRole('button', { name: 'Search' }).click();
        // What was not chosen does not stand in the address. Scans alone: the sign-in is an event too.
        const address = new URLSearchParams(name === 'action' ? {} : { action: 'scan.*' });
        address.append(name, value.includes('T') ? `${value}:00.000Z` : value);
        address.sort();
        await expect(page, label).toHaveURL(({ searchParams }) => {
          searchParams.sort();
          return searchParams.toString() === address.toString();
        });
        await expect(rows(page), label).toHaveCount(left.length);
        expect(await targets(page), label).toEqual(left);
        await expect(control).toHaveValue(value);
        if (name !== 'action') await choose(label, name === 'range' ? 'all' : '');
      }
    });

    test('filters combine, show themselves, and are taken away one by one or all at once', async ({
      adminPage: page,
      addEvents,
    }) => {
      await addEvents(
        { targets: scan('both'), actor: ben, outcome: 'failure' },
        { targets: scan('ben-only'), actor: ben },
        { targets: scan('failed-only'), outcome: 'failure' },
      );
      await page.goto(`${log}?action=scan.start`);
      await openFields(page);
      await page.getByLabel('Actor').fill('ben@acme');
      await page.getByRole('combobox', { name: 'Result' }).selectOption('failure');
      await page.getByRole('button', { name: 'Search' }).click();
      await expect(page).toHaveURL(`${log}?action=scan.start&actor=ben%40acme&result=failure`);
      await expect(rows(page)).toHaveCount(1);
      expect(await targets(page)).toEqual(['both']);
      const active = page.getByRole('list', { name: 'Active filters' });
      await expect(active.getByRole('link')).toHaveText([
        'Remove the filter Action: scan.start',
        'Remove the filter Actor: ben@acme',
        'Remove the filter Result: Failed',
        'Clear all filters',
      ]);

      await active.getByRole('link', { name: 'Actor' }).click();
      await expect(page).toHaveURL(`${log}?action=scan.start&result=failure`);
      await expect(rows(page)).toHaveCount(2);
      await expect(page.getByLabel('Actor', { exact: true })).toHaveValue('');

      // The address is all there is to a filter: Back, a reload and a colleague's browser show the same.
      await page.goBack();
      await expect(page).toHaveURL(/actor=ben/);
      await expect(rows(page)).toHaveCount(1);
      await page.reload();
      await expect(rows(page)).toHaveCount(1);

      await active.getByRole('link', { name: 'Clear all filters' }).click();
      await expect(page).toHaveURL(allEvents);
      await expect(rows(page)).toHaveCount(4);
    });

    test('a log of events of one millisecond is walked to its end and back, none lost or doubled while others arrive', async ({
      adminPage: page,
      addEvents,
      organization,
      query,
    }) => {
      const [count, size] = [javaScriptEnabled ? 500 : 130, 50];
      const time = new Date(1.79e12);
      await addEvents(...Array.from({ length: count }, (_, at) => ({ targets: scan(`scan-${at}`), time })));
      const stored = await query<{ name: string }>(
        'SELECT target_name AS name FROM audit_event WHERE organization_id = $1 ORDER BY seq DESC',
        [organization.id],
      );
      // The last is the sign-in.
      const names = stored.map(({ name }, at) => (at < count ? name : `${name}user`));
      await page.goto(log);
      await expect(rows(page)).toHaveCount(size);
      const seen = await targets(page);
      while (seen.length < names.length) {
        await addEvents({ targets: scan('arrived') });
        await page.getByRole('link', { name: 'Older', exact: true }).click();
        await expect(rows(page).first()).toContainText(names[seen.length] ?? 'nothing more');
        await expect(rows(page)).toHaveCount(Math.min(size, names.length - seen.length));
        seen.push(...(await targets(page)));
      }
      expect(seen).toEqual(names);
      await expect(page.getByRole('link', { name: 'Older', exact: true })).toHaveCount(0);

      const onTheLastPage = names.length % size;
      const back = names.slice(-onTheLastPage);
      while (back.length < names.length) {
        await addEvents({ targets: scan('arrived') });
        await page.getByRole('link', { name: 'Newer', exact: true }).click();
        await expect(rows(page).first()).toContainText(
          names[names.length - back.length - size] ?? 'nothing more',
        );
        await expect(rows(page)).toHaveCount(size);
        back.unshift(...(await targets(page)));
      }
      expect(back).toEqual(names);
      await page.getByRole('link', { name: 'Newer', exact: true }).click();
      const arrived = 2 * ((names.length - onTheLastPage) / size);
      await expect(rows(page)).toHaveCount(arrived);
      expect(new Set(await targets(page))).toEqual(new Set(['arrived']));
      await page.getByRole('link', { name: 'Newest', exact: true }).click();
      await expect(page).toHaveURL(allEvents);
      await expect(rows(page)).toHaveCount(size);
      await expect(rows(page).first()).toContainText('arrived');
    });

    test('an event opens beside the log and on its own page, closes, and Back returns to the log', async ({
      adminPage: page,
      addEvents,
      organization,
      query,
    }) => {
      const [event] = await addEvents({
        action: 'user.update_role',
        targets: [{ type: 'user', id: 'mira', name: 'Mira Sato' }],
        changes: [{ field: 'role', from: 'member', to: 'auditor' }],
        metadata: { from: 'member', to: 'auditor' },
      });
      await page.goto(`${log}?action=user.update_role`);
      // Anywhere in the row; the link of its first cell lies over all of it.
      await rows(page).first().getByRole('cell').last().click({ force: true });
      await expect(page).toHaveURL(new RegExp(`action=user.update_role&event=${event?.id}`));
      await expect(panel(page).getByRole('heading', { level: 2 })).toContainText('Mira Sato');
      await expect(panel(page)).toContainText('before: member');
      await expect(panel(page)).toContainText('after: auditor');
      await expect(panel(page)).toContainText(`No. ${event?.seq} in the chain`);
      await expect(rows(page).first()).toHaveAttribute('aria-current', 'true');
      const [stored] = await query<{ hash: string; record: string }>(
        `SELECT encode(hash, 'hex') AS hash, record FROM audit_event WHERE organization_id = $1 AND id = $2`,
        [organization.id, event?.id],
      );
      await expect(panel(page)).toContainText(stored?.hash ?? 'no hash');
      await panel(page).getByText('Raw record').first().click();
      expect(JSON.parse((await panel(page).locator('pre').textContent()) ?? '')).toEqual(
        JSON.parse(stored?.record ?? ''),
      );

      await panel(page).getByRole('link', { name: 'Open on its own page' }).click();
      await expect(page).toHaveURL(`${log}/${event?.id}`);
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Mira Sato');
      await page.goBack();
      await expect(panel(page)).toBeVisible();
      await panel(page).getByRole('link', { name: 'Close the event' }).click();
      await expect(panel(page)).toHaveCount(0);
      await expect(page).toHaveURL(`${log}?action=user.update_role`);
      await page.goBack();
      await expect(panel(page)).toBeVisible();
      await page.goBack();
      await expect(panel(page)).toHaveCount(0);
    });

    test('an empty log and a filter without a match say so, each in its own words', async ({
      adminPage: page,
      admin,
      query,
      addEvents,
    }) => {
      await addEvents({});
      await page.goto(`${log}?actor=nobody`);
      await expect(page.getByRole('heading', { name: 'No events match these filters' })).toBeVisible();
      await expect(page.getByText('No events yet')).toHaveCount(0);
      await expect(page.getByLabel('Actor')).toHaveValue('nobody');
      await page.getByRole('main').getByRole('link', { name: 'Clear all filters' }).last().click();
      await expect(page).toHaveURL(allEvents);
      await expect(rows(page)).toHaveCount(2);

      // Signing in is an event already, so an empty log needs somebody who moves to a new organization.
      const [empty] = await query<{ id: string }>(
        `INSERT INTO organization (id, slug, name) VALUES (gen_random_uuid(), gen_random_uuid()::text, 'New') RETURNING id`,
      );
      await query('UPDATE app_user SET organization_id = $1 WHERE id = $2', [empty?.id, admin.id]);
      await page.goto(log);
      await expect(page.getByRole('heading', { name: 'No events yet' })).toBeVisible();
      await expect(page.getByRole('table')).toHaveCount(0);
    });

    test('the chosen time zone is that of every time, of the heading and of what is typed', async ({
      adminPage: page,
      addEvents,
    }) => {
      await addEvents({ targets: scan('new-year'), time: new Date('2027-01-01T01:30:00.123Z') });
      await page.goto(`${log}?action=scan.start`);
      await expect(page.getByRole('columnheader').first()).toHaveText('Time (UTC)');
      await expect(rows(page).first()).toContainText('01:30:00.123');
      await expect(rows(page).first()).toContainText('1 Jan 2027');

      await page.getByRole('button', { name: 'Time zone: UTC' }).click();
      await page.getByLabel('Another zone').selectOption('America/St_Johns');
      await page.getByRole('button', { name: 'Set', exact: true }).click();
      await expect(page.getByRole('columnheader').first()).toHaveText('Time (UTC-3:30)');
      await expect(page).toHaveURL(`${log}?action=scan.start`);
      await expect(rows(page).first()).toContainText('22:00:00.123');
      await expect(rows(page).first()).toContainText('31 Dec 2026');
      await expect(rows(page).first().locator('time')).toHaveAttribute(
        'datetime',
        '2027-01-01T01:30:00.123Z',
      );

      await openFields(page);
      await page.getByLabel('From (America/St_Johns)').fill('2026-12-31T22:00');
      await page.getByLabel('Before (America/St_Johns)').fill('2026-12-31T22:31');
      await page.getByRole('button', { name: 'Search' }).click();
      await expect(page).toHaveURL(/from=2027-01-01T01%3A30%3A00.000Z&to=2027-01-01T02%3A01%3A00.000Z/);
      await expect(rows(page)).toHaveCount(1);
      await expect(page.getByLabel('From (America/St_Johns)')).toHaveValue('2026-12-31T22:00');

      // The zone keeps the name that was chosen, whatever the runtime calls it.
      await page.getByRole('button', { name: 'Time zone: UTC-3:30' }).click();
      await page.getByLabel('Another zone').selectOption('Asia/Kolkata');
      await page.getByRole('button', { name: 'Set', exact: true }).click();
      await expect(page.getByLabel('From (Asia/Kolkata)')).toHaveValue('2027-01-01T07:00');
    });
  });
}

test('an event opens from the keyboard', async ({ adminPage: page, addEvents }) => {
  await addEvents({ targets: scan('first') }, { targets: scan('second') });
  await page.goto(`${log}?action=scan.start`);
  await rows(page).first().getByRole('link').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading')).toContainText(['first']);
  await panel(page).getByRole('link', { name: 'Close the event' }).focus();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toHaveCount(0);
});
