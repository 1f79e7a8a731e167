import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import { expect, type Person, refusal, signIn, test } from '@/e2e/furnished';
import { post, readForm } from '@/e2e/replay';
import { sharedStack } from '@/e2e/stack';

test.describe.configure({ mode: 'parallel' });

const path = '/settings/api-keys';

/** Fills in the form and sends it; answers with the key that the page shows. */
async function create(page: Page, name: string, ...permissions: string[]): Promise<string> {
  await page.goto(`${path}/new`);
  await page.getByLabel('Name').fill(name);
  for (const permission of permissions) await page.getByLabel(permission).check();
  await page.getByRole('button', { name: 'Create key' }).click();
  const field = page.getByLabel('API key', { exact: true });
  await expect(field).toHaveValue(/^tk_\w{60}$/);
  return field.inputValue();
}

/** What the API answers to a key, by status. */
async function statusOf(page: Page, key: string, address = '/api/v1/audit-events?limit=1'): Promise<number> {
  const response = await page.request.get(address, { headers: { authorization: `Bearer ${key}` } });
  return response.status();
}

test('a key is shown once, opens what it was given, and is dead the moment it is revoked', async ({
  adminPage: page,
  admin,
  organization,
  query,
}) => {
  const events = () =>
    query<{ record: string }>('SELECT record FROM audit_event WHERE organization_id = $1 ORDER BY seq', [
      organization.id,
    ]).then((rows) => rows.map(({ record }) => JSON.parse(record)));

  await page.goto(path);
  await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Create key' }).click();
  await expect(page.getByLabel('Expires')).toHaveValue('90');
  const key = await create(page, 'ci-nightly', 'Read the audit log');
  await expect(page.getByRole('status').filter({ hasText: 'The key ci-nightly was created.' })).toBeVisible();
  await expect(page.getByLabel('API key', { exact: true })).toBeFocused();
  await expectAccessible(page);
  await expectToFitNarrowScreen(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  const prefix = key.slice(0, 13);

  await test.step('neither a reload nor any page shows it again', async () => {
    await page.reload();
    await expect(page.getByLabel('Name')).toHaveValue('');
    expect(await page.content()).not.toContain(key.slice(14));
    await page.goto(path);
    await expect(page.getByRole('row', { name: /ci-nightly/ })).toContainText(`${prefix}…`);
    const [row] = await query<{ id: string; text: string }>(
      'SELECT id, k::text AS text FROM api_key k WHERE organization_id = $1',
      [organization.id],
    );
    expect(row?.text).not.toContain(key.slice(14, 40));
    for (const address of [path, `${path}/${row?.id}`, `${path}/${row?.id}/revoke`]) {
      for (const headers of [{}, { rsc: '1' }]) {
        const html = await (await page.request.get(address, { headers })).text();
        expect(html.includes(key.slice(14, 40)), address).toBe(false);
      }
    }
  });

  await test.step('it reads the log, and nothing else', async () => {
    const response = await page.request.get('/api/v1/audit-events', {
      headers: { authorization: `Bearer ${key}` },
    });
    const { data } = await response.json();
    expect(data[0]).toMatchObject({
      action: 'api-key.create',
      actor: { type: 'user', id: admin.id },
      targets: [{ type: 'api_key', name: 'ci-nightly' }],
      metadata: { prefix, scopes: ['audit_log:read'] },
    });
    expect(await statusOf(page, key, '/api/v1/siem')).toBe(403);
    await page.goto(path);
    const row = page.getByRole('row', { name: /ci-nightly/ });
    await expect(row).toContainText(/just now|1 min ago/i);
    await row.getByRole('link').click();
    await expect(page.getByRole('main')).toContainText('Read the audit log');
  });

  await test.step('revoking a key in use asks for its name', async () => {
    await page.getByRole('link', { name: 'Revoke key' }).click();
    await expect(page.getByText('Programs that use this key are refused at once')).toBeVisible();
    await page.getByRole('button', { name: 'Revoke key' }).click();
    await expect(refusal(page)).toContainText('Type ci-nightly to confirm');
    expect(await statusOf(page, key)).toBe(200);
    await page.getByLabel('Type ci-nightly to confirm').fill('ci-nightly');
    await page.getByRole('button', { name: 'Revoke key' }).click();
    await expect(
      page.getByRole('status').filter({ hasText: 'The key ci-nightly was revoked.' }),
    ).toBeVisible();
    await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible();
    expect(await statusOf(page, key)).toBe(401);
  });

  const told = (await events()).filter(({ action }) => action.startsWith('api-key.'));
  expect(told.map(({ action, metadata }) => [action, metadata.prefix])).toEqual([
    ['api-key.create', prefix],
    ['api-key.delete', prefix],
  ]);
  expect(JSON.stringify(told)).not.toContain(key.slice(14, 40));
  const log = await readFile(sharedStack().logFile, 'utf8');
  expect(log.includes(key.slice(14, 40))).toBe(false);
  expect(log).toContain(`"reason":"revoked","key_prefix":"${prefix}"`);
});

test('a key ends with its creator’s rights, their account, or its time', async ({
  adminPage: page,
  addPerson,
  addApiKey,
  query,
}) => {
  const creator = await addPerson('admin');
  const key = await addApiKey({ name: 'of somebody', createdBy: creator });
  const expired = await addApiKey({ expiresAt: new Date(Date.now() - 1_000) });
  const set = (column: 'role' | 'status', value: string) =>
    query(`UPDATE app_user SET ${column} = $2 WHERE id = $1`, [creator.id, value]);
  expect(await statusOf(page, expired.text)).toBe(401);
  expect(await statusOf(page, key.text)).toBe(200);

  await set('role', 'member');
  expect(await statusOf(page, key.text)).toBe(403);
  await page.goto(`${path}/${key.id}`);
  await expect(page.getByText('Alice Fox may no longer do this, so the key cannot')).toHaveCount(3);

  await set('role', 'admin');
  await set('status', 'deactivated');
  expect(await statusOf(page, key.text)).toBe(401);
  await page.goto(path);
  await expect(page.getByRole('row', { name: /of somebody/ })).toContainText('Its creator was deactivated');
});

test('what is wrong with the form is told at once, and nothing that was typed is lost', async ({
  adminPage: page,
  addApiKey,
}) => {
  await addApiKey({ name: 'taken' });
  await page.goto(`${path}/new`);
  await page.getByLabel('Expires').selectOption('never');
  await expect(page.getByText('A key without end outlives the people who know about it')).toBeVisible();
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(refusal(page).getByRole('link')).toHaveText([
    'Enter a name.',
    'Choose at least one permission.',
  ]);
  await expect(refusal(page)).toBeFocused();
  await expectAccessible(page);

  await page.getByLabel('Name').fill('taken');
  await page.getByLabel('Manage scans').check();
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(refusal(page)).toContainText('There is already a key named taken');
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription(/Its secret cannot be shown again/);
  await expect(page.getByLabel('Manage scans')).toBeChecked();
  await expect(page.getByLabel('Expires')).toHaveValue('never');
});

test('keys belong to admins, and another organization’s do not exist', async ({
  adminPage,
  request,
  openAs,
  addApiKey,
  addPerson,
  neighbour,
  query,
  baseURL,
}) => {
  const own = await addApiKey({ name: 'own' });
  const theirs = await addApiKey({ name: neighbour.secret, createdBy: await foreigner() });
  const addresses = [path, `${path}/new`, `${path}/${own.id}`, `${path}/${own.id}/revoke`];
  for (const role of ['auditor', 'member'] as const) {
    const page = await openAs(role);
    await page.goto('/');
    await expect(page.getByRole('link', { name: 'Overview' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'API keys' })).toHaveCount(0);
    for (const address of addresses)
      expect((await page.request.get(address)).status(), `${role} ${address}`).toBe(403);
  }
  for (const address of addresses) {
    const response = await request.get(address, { maxRedirects: 0 });
    expect([response.status(), response.headers().location], address).toEqual([
      307,
      `/login?next=${encodeURIComponent(address)}`,
    ]);
  }
  for (const end of ['', '/revoke'])
    expect((await adminPage.request.get(`${path}/${theirs.id}${end}`)).status()).toBe(404);
  const form = await readForm(adminPage, `${path}/${own.id}/revoke`, 'Revoke key');
  const fields = { id: theirs.id };
  const answer = await post(adminPage.request, form, { origin: baseURL ?? '', fields });
  expect(await answer.text()).toContain('This key does not exist.');
  expect(await query('SELECT 1 FROM api_key WHERE id = $1 AND revoked_at IS NULL', [theirs.id])).toHaveLength(
    1,
  );

  /** Somebody of the neighbour's, made as the row of a person there. */
  async function foreigner(): Promise<Person> {
    const person = await addPerson('admin');
    await query('UPDATE app_user SET organization_id = $2 WHERE id = $1', [
      person.id,
      neighbour.organization.id,
    ]);
    return person;
  }
});

test('without JavaScript a key is made, shown once, and revoked', async ({
  browser,
  admin,
  query,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, admin);
  await page.goto(`${path}/new`);
  await page.getByLabel('Name').fill('by hand');
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(refusal(page)).toContainText('Choose at least one permission.');
  await expect(page.getByLabel('Name')).toHaveValue('by hand');

  const key = await create(page, 'by hand', 'Read the audit log');
  expect(await statusOf(page, key)).toBe(200);
  // A browser offers to send the form again: that makes no second key, and shows the first one's secret to nobody.
  await page.reload();
  await expect(refusal(page)).toContainText('There is already a key named by hand');
  expect(await page.content()).not.toContain(key.slice(14, 40));
  expect(await query('SELECT 1 FROM api_key WHERE created_by_id = $1', [admin.id])).toHaveLength(1);

  // Somebody who signed in a while ago is asked who they are before a key is made or revoked.
  const form = await readForm(page, `${path}/new`, 'Create key');
  await query(`UPDATE session SET confirmed_at = now() - interval '31 minutes' WHERE user_id = $1`, [
    admin.id,
  ]);
  const late = { name: 'late', expires: '7', 'siem:read': 'on' };
  expect((await post(page.request, form, { origin: baseURL ?? '', fields: late })).status()).toBe(403);
  await page.goto(`${path}/new`);
  await expect(page).toHaveURL(`/confirm?next=${encodeURIComponent(`${path}/new`)}`);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(page).toHaveURL(`${path}/new`);
  expect(await query('SELECT 1 FROM api_key WHERE created_by_id = $1', [admin.id])).toHaveLength(1);

  await page.goto(path);
  await page.getByRole('link', { name: 'by hand' }).click();
  await page.getByRole('link', { name: 'Revoke key' }).click();
  await page.getByLabel('Type by hand to confirm').fill('by hand');
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await expect(page.getByText('The key by hand was revoked.')).toBeVisible();
  expect(await statusOf(page, key)).toBe(401);
  await context.close();
});
