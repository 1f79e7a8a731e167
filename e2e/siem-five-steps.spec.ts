import {
  card,
  expect,
  expectInSplunk,
  expectStatus,
  failToSignIn,
  field,
  fill,
  press,
  refusal,
  test,
} from '@/e2e/siem';

test.describe.configure({ mode: 'parallel' });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('the five steps connect Splunk, and what happens afterwards is in the log and in Splunk', async ({
      adminPage: page,
      browser,
      admin,
      organization,
      simulator,
      typed,
      query,
      log,
    }) => {
      const navigation = page.getByRole('navigation', { name: 'Console' });

      await test.step('1: Settings > SIEM', async () => {
        await page.goto('/');
        await navigation.getByRole('link', { name: 'SIEM' }).click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('SIEM');
      });

      await test.step('2: Add Integration in the Splunk section', async () => {
        const splunk = page.getByRole('region', { name: 'Splunk' }).first();
        await expect(splunk).toContainText('Not connected');
        await splunk.getByRole('link', { name: 'Add Integration' }).click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add Splunk integration');
      });

      await test.step('3: HEC URL, HEC Token, Index', async () => {
        await fill(page, { ...typed, hecUrl: `${simulator.url}/services/collector/event` });
      });

      await test.step('4: Test Connection sends one real event', async () => {
        await press(page, 'Test Connection');
        const result = page.getByRole('region', { name: 'Test result' });
        await expect(result.getByRole('status').first()).toHaveText(
          /^Connected\. Splunk accepted a test event in \d+ ms\.$/,
        );
        await expect(result).toContainText(
          'We removed /services/collector/event: it is added automatically.',
        );
        const [event, ...others] = simulator.events();
        expect(others).toEqual([]);
        const testId = /"(t-[0-9a-f]{8})"/.exec(
          (await result.getByText('sourcetype=').textContent()) ?? '',
        )?.[1];
        expect(event).toMatchObject({
          index: 'audit',
          searchable: true,
          source: `tracekeep:${organization.slug}`,
          sourcetype: 'tracekeep:audit',
          fields: { action: 'siem.test_connection', org: organization.slug },
          event: {
            action: 'siem.test_connection',
            actor: { email: admin.email },
            metadata: { test_id: testId, result: 'sent' },
          },
        });
        const logged = (await log()).at(-1);
        expect(logged).toMatchObject({ action: 'siem.test_connection', outcome: 'success' });
        expect(JSON.parse(logged?.record ?? '').metadata).toMatchObject({
          test_id: testId,
          result: 'accepted',
          http_status: 200,
          hec_code: 0,
        });
      });

      await test.step('5: Add Integration saves it without a second test', async () => {
        await press(page, 'Add Integration');
        await expectStatus(page, 'Splunk integration added: Splunk.');
        await expect(page).toHaveURL(/\/settings\/siem\?added=/);
        expect(
          await query(
            `SELECT name, event_url, index, token_last4, token_sealed LIKE '%' || $2 || '%' AS readable
               FROM siem_integration WHERE organization_id = $1`,
            [organization.id, typed.hecToken],
          ),
        ).toEqual([
          {
            name: 'Splunk',
            event_url: `${simulator.url}/services/collector/event`,
            index: 'audit',
            token_last4: typed.hecToken.slice(-4),
            readable: false,
          },
        ]);
        expect(simulator.events({ text: 'siem.test_connection' })).toHaveLength(1);
      });

      await test.step('what happens now is in Splunk, byte for byte', async () => {
        await failToSignIn(browser, admin);
        await card(page, 'Splunk').getByRole('button', { name: 'Pause' }).click();
        await card(page, 'Splunk').getByRole('button', { name: 'Resume' }).click();
        await expect(card(page, 'Splunk').getByRole('button', { name: 'Pause' })).toBeVisible();
        const since = async () => {
          const events = await log();
          return events.slice(events.findIndex(({ action }) => action === 'siem.integration.create'));
        };
        await expectInSplunk(simulator, since);
        expect((await since()).map(({ action }) => action)).toEqual([
          'siem.integration.create',
          'user.login_failed',
          'siem.integration.pause',
          'siem.integration.resume',
        ]);
        expect(simulator.events().every(({ index }) => index === 'audit')).toBe(true);
      });

      await test.step('the audit log shows it and says that Splunk has it', async () => {
        await navigation.getByRole('link', { name: 'Audit Log' }).click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit Log');
        const events = await log();
        const rows = page.getByRole('row').filter({ has: page.getByRole('link') });
        await expect(rows).toHaveCount(events.length);
        for (const [at, { action }] of events.reverse().entries())
          await expect(rows.nth(at)).toContainText(action);

        const failure = events.find(({ action }) => action === 'user.login_failed');
        await rows.filter({ hasText: 'user.login_failed' }).getByRole('link').click();
        const detail = page.locator('#event');
        await expect(detail).toContainText(/in Splunk after \d+\.\d\d s/);
        await expect(detail).toContainText(failure?.hash ?? 'no event');
        await expect(detail).toContainText(`No. ${failure?.seq} in the chain`);
        await rows.filter({ hasText: 'siem.test_connection' }).getByRole('link').click();
        await expect(detail).toContainText('recorded before this integration');
      });
    });
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a failed test keeps everything that was typed, the token as a draft that an empty field uses', async ({
    adminPage: page,
    simulator,
    typed,
    organization,
    query,
  }) => {
    const last4 = typed.hecToken.slice(-4);
    await page.goto('/settings/siem/splunk/new');
    await fill(page, { ...typed, index: 'no-such-index', name: 'Prod Splunk' });
    await press(page, 'Test Connection');

    await expect(refusal(page)).toContainText('The token may not write to index "no-such-index"');
    await expect(page).toHaveTitle('Error: Add Splunk integration · Tracekeep');
    await expect(field(page, 'hecUrl')).toHaveValue(typed.hecUrl);
    await expect(field(page, 'index')).toHaveValue('no-such-index');
    await expect(field(page, 'name')).toHaveValue('Prod Splunk');
    await expect(field(page, 'hecToken')).toHaveValue('');
    await expect(field(page, 'hecToken')).toHaveAccessibleDescription(
      `Token entered, ends in ${last4}. Leave empty to keep it`,
    );
    expect(await page.content()).not.toContain(typed.hecToken);

    await fill(page, { index: 'audit' });
    await press(page, 'Add Integration');
    await expectStatus(page, 'Splunk integration added: Prod Splunk.');
    expect(
      await query('SELECT name, index, token_last4 FROM siem_integration WHERE organization_id = $1', [
        organization.id,
      ]),
    ).toEqual([{ name: 'Prod Splunk', index: 'audit', token_last4: last4 }]);
    await simulator.waitFor((events) => events.some(({ raw }) => raw.includes('siem.integration.create')));
  });
});

test('a draft belongs to whoever typed it: another admin cannot send its token anywhere', async ({
  adminPage: page,
  openAs,
  simulator,
  typed,
}) => {
  await page.goto('/settings/siem/splunk/new');
  await fill(page, { ...typed, index: 'no-such-index' });
  await press(page, 'Test Connection');
  await expect(refusal(page)).toBeVisible();
  const draft = await page.locator('input[name=draft]').inputValue();
  const requests = simulator.journal().length;

  const other = await openAs('admin');
  await other.goto('/settings/siem/splunk/new');
  await fill(other, { ...typed, hecToken: '' });
  await other.locator('form', { has: field(other, 'hecUrl') }).evaluate((form, value) => {
    form.addEventListener('formdata', (event) => {
      if ('formData' in event && event.formData instanceof FormData) event.formData.set('draft', value);
    });
  }, draft);
  await press(other, 'Test Connection');
  await expect(field(other, 'hecToken')).toHaveAccessibleDescription(/Enter the HEC token again/);
  expect(simulator.journal()).toHaveLength(requests);
});
