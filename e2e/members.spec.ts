import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible } from '@/e2e/accessible';
import { refusal, signIn } from '@/e2e/furnished';
import { expect, expectStatus, test } from '@/e2e/members';
import { post, readForm } from '@/e2e/replay';

test.describe.configure({ mode: 'parallel' });

const members = '/settings/members';

/** Opens a member from the list, by the link of the row. */
async function openMember(page: Page, name: string): Promise<void> {
  await page.goto(members);
  await page.getByRole('table').getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('roles, sessions and access change through the pages, hold at the next request, and are recorded', async ({
      adminPage: page,
      anotherBrowser,
      addPerson,
      admin,
      query,
      organization,
      records,
      extraHTTPHeaders,
    }) => {
      const ben = await addPerson('member');
      const theirs = await anotherBrowser();
      await signIn(theirs, ben);
      const actor = { type: 'user', id: admin.id, name: admin.name, email: admin.email, role: 'admin' };
      const context = expect.objectContaining({
        ip: extraHTTPHeaders?.['x-forwarded-for'],
        origin: 'console',
        session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      const targets = [{ type: 'user', id: ben.id, name: ben.name }];
      const lastRecord = async () => (await records()).at(-1);

      await test.step('a role', async () => {
        await openMember(page, ben.name);
        await page.getByRole('combobox', { name: 'Role' }).selectOption('auditor');
        await page.getByRole('button', { name: 'Save role' }).click();
        await expectStatus(page, `${ben.name} is an auditor now.`);
        expect(await lastRecord()).toMatchObject({
          action: 'user.update_role',
          outcome: 'success',
          actor,
          targets,
          changes: [{ field: 'role', from: 'member', to: 'auditor' }],
          metadata: { from: 'member', to: 'auditor' },
          context,
        });
        await theirs.goto('/settings/audit-log');
        await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Audit Log');
      });

      await test.step('admin rights are asked for twice', async () => {
        await page.getByRole('combobox', { name: 'Role' }).selectOption('admin');
        await page.getByRole('button', { name: 'Save role' }).click();
        await expect(refusal(page)).toContainText(`Confirm that ${ben.name} becomes an admin.`);
        await expect(page.getByRole('combobox', { name: 'Role' })).toHaveValue('admin');
        if (javaScriptEnabled) await expectAccessible(page);
        expect((await lastRecord())?.action).toBe('user.update_role');
        await page.getByRole('checkbox', { name: `Make ${ben.name} an admin` }).check();
        await page.getByRole('button', { name: 'Save role' }).click();
        await expectStatus(page, `${ben.name} is an admin now.`);
        expect(await lastRecord()).toMatchObject({ changes: [{ from: 'auditor', to: 'admin' }] });
      });

      await test.step('every session', async () => {
        await page.getByRole('link', { name: 'Sign out everywhere' }).click();
        await page.getByRole('button', { name: 'Sign out everywhere' }).click();
        await expectStatus(page, `${ben.name} was signed out everywhere.`);
        expect(await lastRecord()).toMatchObject({
          action: 'user.revoke_sessions',
          actor,
          targets,
          metadata: { sessions_ended: 1 },
          context,
        });
        await theirs.goto('/');
        await expect(theirs).toHaveURL('/login');
        await signIn(theirs, ben);
      });

      await test.step('all access', async () => {
        await query(
          `INSERT INTO api_key (id, organization_id, name, prefix, secret_hash, scopes, created_by_id, created_by_name)
           VALUES ($1, $2, 'ci', $3, $4, '{}', $5, 'Ben Okafor')`,
          [randomUUID(), organization.id, `tk_${ben.id.slice(0, 8)}`, Buffer.alloc(32, 7), ben.id],
        );
        await openMember(page, ben.name);
        await page.getByRole('link', { name: 'Deactivate' }).click();
        await expect(page.getByRole('main')).toContainText('This ends 1 session, 1 API key with all scripts');
        await page.getByRole('button', { name: 'Deactivate' }).click();
        await expectStatus(page, `${ben.name} is deactivated.`);
        expect((await records()).slice(-2)).toMatchObject([
          { action: 'api-key.delete', actor, targets: [{ type: 'api_key', name: 'ci' }], context },
          {
            action: 'user.deactivate',
            actor,
            targets,
            changes: [{ field: 'status', from: 'active', to: 'deactivated' }],
            metadata: { sessions_ended: 1, api_keys_revoked: 1 },
            context,
          },
        ]);
        await theirs.goto('/settings/audit-log');
        await expect(theirs).toHaveURL(/^[^?]*\/login\?/);
      });

      await test.step('access again', async () => {
        await page.getByRole('button', { name: 'Reactivate' }).click();
        await expectStatus(page, `${ben.name} is active again, as an admin.`);
        expect(await lastRecord()).toMatchObject({ action: 'user.reactivate', actor, targets, context });
        await signIn(theirs, ben);
      });

      await test.step('what somebody did is one link away', async () => {
        await page.getByRole('link', { name: 'View activity' }).click();
        await expect(page).toHaveURL(`/settings/audit-log?actor=${encodeURIComponent(ben.email)}`);
        await expect(page.getByRole('row')).toHaveCount(4);
      });
    });
  });
}

test('the only admin stays one, and nobody changes themselves, whatever is posted', async ({
  adminPage: page,
  addPerson,
  admin,
  query,
  records,
  baseURL,
}) => {
  const origin = baseURL ?? '';
  const ben = await addPerson('member');
  await page.goto(`${members}/${admin.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${admin.name} (you)`);
  await expect(page.getByRole('main')).toContainText('You are the only admin.');
  await expect(page.getByRole('button', { name: 'Save role' })).toHaveCount(0);

  const role = await readForm(page, `${members}/${ben.id}`, 'Save role');
  const deactivate = await readForm(page, `${members}/${ben.id}/deactivate`, 'Deactivate');
  const signOut = await readForm(page, `${members}/${ben.id}/sign-out`, 'Sign out everywhere');
  const answers = async () => {
    const fields = { id: admin.id };
    const sent = [
      await post(page.request, role, { origin, fields: { ...fields, role: 'member', confirmed: 'on' } }),
      await post(page.request, deactivate, { origin, fields }),
      await post(page.request, signOut, { origin, fields }),
    ];
    return Promise.all(sent.map((response) => response.text()));
  };
  const before = await records();
  const alone = await answers();
  expect(alone[0]).toContain('Alice Fox is the only admin. Make somebody else an admin first.');
  expect(alone[1]).toContain('Alice Fox is the only admin. Make somebody else an admin first.');
  expect(alone[2]).toContain('Your own sessions are not ended here.');

  await addPerson('admin');
  const [changed, deactivated] = await answers();
  expect(changed).toContain('You cannot change your own role. Another admin has to do it.');
  expect(deactivated).toContain('You cannot deactivate yourself. Another admin has to do it.');
  expect(await records()).toEqual(before);
  expect(await query('SELECT role::text, status::text FROM app_user WHERE id = $1', [admin.id])).toEqual([
    { role: 'admin', status: 'active' },
  ]);
  for (const page404 of ['deactivate', 'sign-out']) {
    expect((await page.request.get(`${members}/${admin.id}/${page404}`)).status(), page404).toBe(404);
  }
});

test('the list is found by name, address, role and status, and each row has its actions', async ({
  adminPage: page,
  addPerson,
  query,
}) => {
  const [ben, mira] = [await addPerson('member'), await addPerson('auditor')];
  await query(`UPDATE app_user SET status = 'deactivated' WHERE id = $1`, [mira.id]);
  await page.goto(members);
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText('Alice Fox(you)');
  await expect(rows.nth(3)).toContainText(/Mira Sato.*Deactivated/);

  await page.getByRole('searchbox', { name: 'Search' }).fill(ben.email.slice(0, 12));
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await page.getByLabel('Status').selectOption('deactivated');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(mira.name);
  await page.getByRole('searchbox', { name: 'Search' }).fill('<b>%');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No member matches “<b>%”' })).toBeVisible();
  await page.getByRole('link', { name: 'Clear all filters' }).click();
  await expect(rows).toHaveCount(4);
  await expect(page.getByLabel('Status')).toHaveValue('');

  await page.getByRole('button', { name: `Actions for ${ben.name}` }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Sign out ${ben.name} everywhere`);
  await page.getByRole('link', { name: 'Leave them signed in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ben.name);
});
