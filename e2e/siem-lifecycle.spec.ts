import { randomUUID } from 'node:crypto';
import {
  addIntegration,
  card,
  delivered,
  expect,
  expectInSplunk,
  expectStatus,
  failToSignIn,
  field,
  figure,
  fill,
  press,
  refusal,
  test,
} from '@/e2e/siem';
import { startSimulator } from '@/splunk/simulator/simulator';

test.describe.configure({ mode: 'parallel' });

test('events wait while an integration is paused, the console says so, and they arrive in order when it resumes', async ({
  adminPage: page,
  browser,
  admin,
  simulator,
  typed,
  log,
}) => {
  const sidebar = page.getByRole('navigation', { name: 'Console' });
  const prod = card(page, 'Prod Splunk');
  await addIntegration(page, { ...typed, name: 'Prod Splunk' });
  await expectInSplunk(simulator, async () => (await log()).slice(-1));

  await test.step('healthy', async () => {
    await page.reload();
    await expect(prod).toContainText('Healthy');
    await expect(figure(prod, 'Events waiting')).toHaveText('0');
    await expect(figure(prod, 'Last delivered')).toHaveText(/^\d\d:\d\d:\d\d$/);
    await expect(prod).toContainText(`siem.integration.create, No. ${(await log()).at(-1)?.seq}`);
    await expect(sidebar.getByRole('link', { name: 'SIEM' })).toHaveAccessibleName(/^SIEM ?, Healthy$/);
  });

  await test.step('paused', async () => {
    await prod.getByRole('button', { name: 'Pause' }).click();
    await expect(prod).toContainText(`Paused by ${admin.name}`);
    await expect(sidebar.getByRole('link', { name: 'SIEM' })).toHaveAccessibleName(/^SIEM ?, Paused$/);
    await failToSignIn(browser, admin);
    await failToSignIn(browser, admin);
    await page.reload();
    await expect(figure(prod, 'Events waiting')).toHaveText('3');
    await expect(prod).toContainText('3 events are waiting. Nothing is lost');
    expect(delivered(simulator).map(({ fields }) => fields?.action)).toEqual(['siem.integration.create']);
  });

  await test.step('resumed', async () => {
    await prod.getByRole('button', { name: 'Resume' }).click();
    await expect(prod.getByRole('button', { name: 'Pause' })).toBeVisible();
    await expectInSplunk(simulator, async () => (await log()).slice(2));
    expect((await log()).slice(2).map(({ action }) => action)).toEqual([
      'siem.integration.create',
      'siem.integration.pause',
      'user.login_failed',
      'user.login_failed',
      'siem.integration.resume',
    ]);
    await page.reload();
    await expect(prod).toContainText('Healthy');
    await expect(figure(prod, 'Delivered')).toHaveText('5');
    await expect(sidebar.getByRole('link', { name: 'SIEM' })).toHaveAccessibleName(/^SIEM ?, Healthy$/);
  });
});

test('new settings keep the position; another address demands the token, which the old address keeps to itself', async ({
  adminPage: page,
  simulator,
  typed,
  query,
  organization,
  log,
}) => {
  await addIntegration(page, { ...typed, name: 'Prod Splunk' });
  await card(page, 'Prod Splunk').getByRole('link', { name: 'Edit settings' }).click();
  await expect(field(page, 'hecToken')).toHaveValue('');
  await fill(page, { name: 'Main Splunk', index: 'main' });
  await press(page, 'Save changes');
  await expectStatus(page, 'Main Splunk was changed.');
  // A request that the change met on its way may have been sent again: at least once, in order.
  const since = (await log()).filter(({ seq }) => seq > 2).map(({ id }) => id);
  await expect
    .poll(() => [...new Set(delivered(simulator).map(({ fields }) => fields?.event_id))])
    .toEqual(since);
  expect(delivered(simulator).at(-1)).toMatchObject({
    index: 'main',
    fields: { action: 'siem.integration.update' },
  });

  const elsewhere = await startSimulator({ port: 0 });
  await card(page, 'Main Splunk').getByRole('link', { name: 'Edit settings' }).click();
  await fill(page, { hecUrl: elsewhere.url });
  await press(page, 'Save changes');
  await expect(field(page, 'hecToken')).toHaveAccessibleDescription(
    /Enter the HEC token for the new address/,
  );
  await expect(field(page, 'hecUrl')).toHaveValue(elsewhere.url);
  expect(elsewhere.journal()).toEqual([]);
  await fill(page, { hecToken: elsewhere.token });
  await press(page, 'Save changes');
  await expectStatus(page, 'Main Splunk was changed.');
  await elsewhere.waitFor((events) =>
    events.some(({ fields }) => fields?.action === 'siem.integration.update'),
  );
  await elsewhere.close();
  expect(
    await query('SELECT name, index, event_url FROM siem_integration WHERE organization_id = $1', [
      organization.id,
    ]),
  ).toEqual([{ name: 'Main Splunk', index: 'main', event_url: `${elsewhere.url}/services/collector/event` }]);
  const changes = (await log())
    .filter(({ action }) => action === 'siem.integration.update')
    .map(({ record }) => JSON.parse(record).metadata.fields);
  expect(changes).toEqual([
    ['name', 'index'],
    ['hec_url', 'token'],
  ]);
});

test('a token is replaced only by one that Splunk accepts; until then the old one stays in use', async ({
  adminPage: page,
  browser,
  admin,
  simulator,
  typed,
  actions,
}) => {
  const lastAuthorization = () => simulator.journal().at(-1)?.headers.authorization;
  const next = randomUUID();
  await addIntegration(page, { ...typed, name: 'Prod Splunk' });
  await card(page, 'Prod Splunk').getByRole('link', { name: 'Replace token' }).click();
  await expect(page.getByText(`the one ending in ${typed.hecToken.slice(-4)} stays in use`)).toBeVisible();

  await fill(page, { hecToken: next });
  await press(page, 'Replace token');
  await expect(field(page, 'hecToken')).toHaveAccessibleDescription(/Splunk does not know this token/);
  await expect(field(page, 'hecToken')).toHaveValue(next);
  await failToSignIn(browser, admin);
  await simulator.waitFor((events) => events.some(({ fields }) => fields?.action === 'user.login_failed'));
  expect(lastAuthorization()).toBe(`Splunk ****${typed.hecToken.slice(-4)}`);

  simulator.setToken({ value: next, allowedIndexes: ['audit'] });
  await press(page, 'Replace token');
  await expectStatus(page, 'Prod Splunk was changed.');
  await expect(card(page, 'Prod Splunk')).toContainText(`token ••••${next.slice(-4)}`);
  await simulator.waitFor((events) =>
    events.some(({ fields }) => fields?.action === 'siem.integration.update'),
  );
  expect(lastAuthorization()).toBe(`Splunk ****${next.slice(-4)}`);
  expect(await actions()).toEqual([
    'user.login',
    'siem.test_connection',
    'siem.integration.create',
    'siem.test_connection',
    'user.login_failed',
    'siem.test_connection',
    'siem.integration.update',
  ]);
});

test('a token disabled in Splunk delays delivery, with cause and cure on the card; once enabled nothing is missing', async ({
  adminPage: page,
  browser,
  admin,
  simulator,
  typed,
  log,
}) => {
  const prod = card(page, 'Prod Splunk');
  await addIntegration(page, { ...typed, name: 'Prod Splunk' });
  await expectInSplunk(simulator, async () => (await log()).slice(-1));
  simulator.disableToken(typed.hecToken);
  await failToSignIn(browser, admin);
  await failToSignIn(browser, admin);
  await simulator.waitFor((_, journal) => journal.some(({ code }) => code === 1));
  await page.reload();
  await expect(prod).toContainText('Delayed');
  await expect(prod).toContainText('This token is disabled in Splunk');
  await expect(prod).toContainText('Settings > Data inputs > HTTP Event Collector > Enable.');
  await expect(prod).toContainText(
    /2 events are waiting\. Nothing is lost: .* It is tried again by itself\./,
  );

  simulator.enableToken(typed.hecToken);
  await expectInSplunk(simulator, async () => (await log()).slice(-3));
  // The page finds out by itself, within its period of five seconds.
  await expect(prod).toContainText('Healthy', { timeout: 10_000 });
  await expect(figure(prod, 'Events waiting')).toHaveText('0');
});

test('several integrations each get everything, and only its name typed in full deletes one', async ({
  adminPage: page,
  simulator,
  typed,
  stored,
  actions,
  query,
  organization,
}) => {
  const second = await startSimulator({ port: 0 });
  await addIntegration(page, { ...typed, name: 'Prod Splunk' });
  await addIntegration(page, { ...typed, hecUrl: second.url, hecToken: second.token, name: 'Lab Splunk' });
  await simulator.waitFor((events) => events.some(({ raw }) => raw.includes('"name":"Lab Splunk"')));

  await card(page, 'Lab Splunk').getByRole('link', { name: 'Delete integration' }).click();
  const confirmation = page.getByRole('textbox', { name: 'Type Lab Splunk to confirm' });
  await confirmation.fill('lab splunk');
  await press(page, 'Delete integration');
  await expect(refusal(page)).toContainText('Type Lab Splunk to confirm');
  await expect(refusal(page)).toBeFocused();
  await expect(confirmation).toHaveValue('lab splunk');
  await expect(confirmation).toHaveAccessibleDescription(/Capital letters count\./);
  expect(await stored()).toBe(2);

  await confirmation.fill('Lab Splunk');
  await press(page, 'Delete integration');
  await expectStatus(page, 'The integration was deleted.');
  await expect(card(page, 'Prod Splunk')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Lab Splunk' })).toHaveCount(0);
  expect(
    await query('SELECT name FROM siem_integration WHERE organization_id = $1', [organization.id]),
  ).toEqual([{ name: 'Prod Splunk' }]);

  // The other one goes on, and has the deletion too.
  await simulator.waitFor((events) =>
    events.some(({ fields }) => fields?.action === 'siem.integration.delete'),
  );
  expect(delivered(second).map(({ fields }) => fields?.action)).toEqual(['siem.integration.create']);
  await second.close();
  expect(await actions()).toEqual([
    'user.login',
    'siem.test_connection',
    'siem.integration.create',
    'siem.test_connection',
    'siem.integration.create',
    'siem.integration.delete',
  ]);
});

test('Enter in a field tests and adds nothing; a double click on Add Integration adds one', async ({
  adminPage: page,
  simulator,
  typed,
  stored,
  actions,
}) => {
  await page.goto('/settings/siem/splunk/new');
  await fill(page, typed);
  const names = ['hecUrl', 'hecToken', 'index'] as const;
  for (const [at, name] of names.entries()) {
    await field(page, name).press('Enter');
    await expect.poll(() => simulator.events()).toHaveLength(at + 1);
    await expectStatus(page, 'Connected.');
    await expect(page.getByRole('button', { name: 'Test Connection' })).not.toHaveAttribute('aria-disabled');
  }
  expect(await stored()).toBe(0);
  for (const name of names) await expect(field(page, name)).toHaveValue(typed[name]);
  await page.getByRole('button', { name: 'Add Integration' }).dblclick();
  await expectStatus(page, 'Splunk integration added: Splunk.');
  expect(await stored()).toBe(1);
  expect(await actions()).toEqual([
    'user.login',
    ...names.map(() => 'siem.test_connection'),
    'siem.integration.create',
  ]);
});
