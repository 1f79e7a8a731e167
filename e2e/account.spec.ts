import type { Page } from '@playwright/test';
import { expect, refusal, signIn, test } from '@/e2e/furnished';
import { post, readForm } from '@/e2e/replay';

test.describe.configure({ mode: 'parallel' });

const newPassword = 'seven quiet lanterns drift';

const events = `SELECT action, actor_name, target_name, record::jsonb -> 'changes' AS changes,
  record::jsonb -> 'metadata' AS metadata
  FROM audit_event WHERE organization_id = $1 AND action NOT IN ('user.login') ORDER BY seq`;

/** The result of a form, which is announced. */
const outcome = (page: Page) => page.getByRole('main').getByRole('status');

async function changePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel('Current password').fill(current);
  await page.getByLabel('New password').fill(next);
  await page.getByRole('button', { name: 'Change password' }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a person changes their name and password, and ends their other sessions', async ({
      page,
      browser,
      addPerson,
      query,
      organization,
    }) => {
      // Five sign-ins, and every password is hashed slowly on purpose.
      const person = await addPerson('member');
      await signIn(page, person);
      await page.getByRole('link', { name: 'Account', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account');

      await page.getByLabel('Name', { exact: true }).fill('   ');
      await page.getByRole('button', { name: 'Save name' }).click();
      await expect(refusal(page)).toContainText('Enter your name.');
      await page.getByLabel('Name', { exact: true }).fill('Benjamin  O’Kafor');
      await page.getByRole('button', { name: 'Save name' }).click();
      await expect(outcome(page)).toContainText('Your name was changed.');
      await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Benjamin O’Kafor');
      await expect(page.getByRole('complementary')).toContainText('Benjamin O’Kafor');

      const elsewhere = await browser.newContext({
        userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0',
      });
      const other = await elsewhere.newPage();
      const signInElsewhere = () => signIn(other, person);
      await signInElsewhere();
      await page.goto('/account');
      const sessions = page.getByRole('listitem').filter({ hasText: 'signed in' });
      await expect(sessions).toHaveCount(2);
      await sessions.filter({ hasText: 'Firefox on Windows' }).getByRole('button').click();
      await expect(outcome(page)).toContainText('The session was ended.');
      await expect(sessions).toHaveCount(1);
      await signInElsewhere();
      await page.goto('/account');
      await page.getByRole('button', { name: 'End all others' }).click();
      await expect(outcome(page)).toContainText('Every other session was ended.');
      await expect(sessions).toHaveCount(1);
      await expect(page.getByRole('button', { name: 'End all others' })).toHaveCount(0);

      await changePassword(page, person.password, 'short');
      await expect(refusal(page)).toContainText('Use at least 12 characters');
      await changePassword(page, 'not it, not it at all', newPassword);
      await expect(refusal(page)).toContainText('This is not your current password.');
      await expect(page.getByLabel('Current password')).toHaveValue('');
      await expect(page.getByLabel('New password')).toHaveValue('');
      await signInElsewhere();
      await changePassword(page, person.password, newPassword);
      await expect(outcome(page)).toContainText('Your password was changed.');
      await other.goto('/account');
      await expect(other).toHaveURL('/login?next=%2Faccount');
      await signIn(other, { email: person.email, password: newPassword });
      await elsewhere.close();

      const own = { actor_name: 'Benjamin O’Kafor', target_name: 'Benjamin O’Kafor', changes: [] };
      const logout = { ...own, action: 'user.logout' };
      expect(await query(events, [organization.id])).toEqual([
        {
          ...own,
          action: 'user.update_name',
          actor_name: 'Ben Okafor',
          changes: [{ field: 'name', from: 'Ben Okafor', to: 'Benjamin O’Kafor' }],
          metadata: {},
        },
        { ...logout, metadata: { scope: 'session', sessions_ended: 1 } },
        { ...logout, metadata: { scope: 'others', sessions_ended: 1 } },
        {
          ...own,
          action: 'user.login_failed',
          actor_name: null,
          metadata: { method: 'email', reason: 'wrong_password' },
        },
        { ...own, action: 'user.update_password', metadata: { sessions_ended: 1 } },
      ]);
    });
  });
}

test('somebody else’s session counts as none', async ({
  adminPage,
  openAs,
  admin,
  browser,
  query,
  baseURL,
}) => {
  const elsewhere = await browser.newContext();
  await signIn(await elsewhere.newPage(), admin);
  await elsewhere.close();
  const endOne = await readForm(adminPage, '/account', 'End');
  const member = await openAs('member');
  const response = await post(member.request, endOne, { origin: baseURL ?? '' });
  expect(response.status()).toBe(303);
  expect(
    await query('SELECT revoked_at FROM session WHERE user_id = $1 AND revoked_at IS NOT NULL', [admin.id]),
  ).toEqual([]);
});

test('who signs in through a provider only can set no password, neither on the page nor by hand', async ({
  adminPage,
  admin,
  query,
  baseURL,
}) => {
  const change = await readForm(adminPage, '/account', 'Change password');
  await query('UPDATE app_user SET password_hash = NULL WHERE id = $1', [admin.id]);
  await adminPage.goto('/account');
  await expect(adminPage.getByRole('main')).toContainText('You have none here');
  await expect(adminPage.getByRole('button', { name: 'Change password' })).toHaveCount(0);
  const fields = { currentPassword: 'anything at all', newPassword };
  await post(adminPage.request, change, { origin: baseURL ?? '', fields });
  expect(await query('SELECT password_hash FROM app_user WHERE id = $1', [admin.id])).toEqual([
    { password_hash: null },
  ]);
});
