import type { Page } from '@playwright/test';
import { expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import type { Query } from '@/e2e/database';
import { expect, type Person, refusal, sessionCookie, signIn, test } from '@/e2e/furnished';
import { post, readForm } from '@/e2e/replay';

test.describe.configure({ mode: 'parallel' });

const add = '/settings/siem/splunk/new';
const question = 'Confirm that it is you';

/** Lets time pass since a person proved who they are. */
const ageProof = (query: Query, person: Person, minutes: number) =>
  query('UPDATE session SET confirmed_at = now() - make_interval(mins => $2) WHERE user_id = $1', [
    person.id,
    minutes,
  ]);

async function answer(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('who signed in a while ago is asked for the password before a sensitive page, and led on to it', async ({
      page,
      admin,
      query,
      organization,
      browser,
    }) => {
      await signIn(page, admin);
      await ageProof(query, admin, 11);
      const stolen = await page.context().storageState();
      await page.goto('/settings/siem');
      await page.getByRole('link', { name: 'Add Integration' }).click();
      await expect(page).toHaveURL(`/confirm?next=${encodeURIComponent(add)}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(question);
      await expect(page).toHaveTitle(`${question} · Tracekeep`);

      await answer(page, 'this is not it at all');
      await expect(refusal(page)).toContainText('This is not your password.');
      await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
      await answer(page, admin.password);
      await expect(page).toHaveURL(add);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add Splunk integration');

      const failed = await query(
        `SELECT target_id, record::jsonb -> 'metadata' AS metadata FROM audit_event
          WHERE organization_id = $1 AND action = 'user.login_failed'`,
        [organization.id],
      );
      expect(failed).toEqual([
        { target_id: admin.id, metadata: { method: 'email', reason: 'wrong_password' } },
      ]);
      // The proof is worth nothing to whoever holds a copy of the cookie.
      const thief = await browser.newContext({ storageState: stolen });
      const response = await thief.request.get(add, { maxRedirects: 0 });
      expect(response.headers().location).toContain('/login');
      await thief.close();

      // The same question is not asked twice.
      await page.goto(`/confirm?next=${encodeURIComponent('/settings/siem')}`);
      await expect(page).toHaveURL('/settings/siem');
      await page.getByRole('link', { name: 'Add Integration' }).click();
      await expect(page).toHaveURL(add);
    });

    test('a form that took long to fill in is answered with what was typed, and refused only after half an hour', async ({
      page,
      context,
      admin,
      query,
    }) => {
      await signIn(page, admin);
      await page.goto(add);
      const send = async () => {
        await page.getByLabel('HEC URL').fill('https://splunk.acme.example:8000/en-US');
        await page.getByLabel('Index').fill('audit');
        await page.getByRole('button', { name: 'Test Connection' }).click();
      };
      await ageProof(query, admin, 29);
      await send();
      await expect(refusal(page)).toContainText('which is usually Splunk Web');
      await expect(page.getByLabel('Index')).toHaveValue('audit');

      await ageProof(query, admin, 31);
      await send();
      await expect(refusal(page)).toContainText('It is a while since you confirmed that it is you');
      await expect(page.getByLabel('HEC URL')).toHaveValue('https://splunk.acme.example:8000/en-US');
      await expect(page.getByLabel('Index')).toHaveValue('audit');

      // What its words say: the same page in another tab, and then once more.
      const tab = await context.newPage();
      await tab.goto(add);
      await answer(tab, admin.password);
      await expect(tab).toHaveURL(add);
      await page.getByRole('button', { name: 'Test Connection' }).click();
      await expect(refusal(page)).toContainText('which is usually Splunk Web');
    });

    test('a button asks first too, and somebody without a password signs in again and comes back', async ({
      page,
      admin,
      query,
      organization,
      addIntegration,
    }) => {
      await addIntegration('healthy');
      await signIn(page, admin);
      await page.goto('/settings/siem');
      await ageProof(query, admin, 11);
      await query('UPDATE app_user SET password_hash = NULL WHERE id = $1', [admin.id]);
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page).toHaveURL(`/confirm?next=${encodeURIComponent('/settings/siem')}`);
      await expect(page.getByRole('main')).toContainText('You have no password here');
      await page.getByRole('button', { name: 'Sign out and in again' }).click();
      await expect(page).toHaveURL(
        `/login/${organization.slug}?next=${encodeURIComponent('/settings/siem')}`,
      );
      expect(
        await query(
          'SELECT state::text FROM siem_stream s JOIN app_user u USING (organization_id) WHERE u.id = $1',
          [admin.id],
        ),
      ).toEqual([{ state: 'healthy' }]);
    });
  });
}

test('a form sent by hand from a session with an old proof is refused, and nothing is done', async ({
  adminPage,
  admin,
  query,
  organization,
  splunk,
  baseURL,
}) => {
  const fields = { hecUrl: splunk.hecUrl, hecToken: splunk.token, index: splunk.index, intent: 'save' };
  const form = await readForm(adminPage, add, 'Test Connection');
  await ageProof(query, admin, 31);
  const response = await post(adminPage.request, form, { origin: baseURL ?? '', fields });
  expect(response.status()).toBe(403);
  expect(await response.text()).toContain('It is a while since you confirmed that it is you');
  expect(await query('SELECT 1 FROM siem_integration WHERE organization_id = $1', [organization.id])).toEqual(
    [],
  );
  expect(await query('SELECT 1 FROM siem_draft WHERE organization_id = $1', [organization.id])).toEqual([]);
  expect(await splunk.events(organization)).toEqual([]);

  await ageProof(query, admin, 0);
  expect((await post(adminPage.request, form, { origin: baseURL ?? '', fields })).status()).toBe(303);
});

test('the question is accessible, fits a phone, and leads to pages of this site only', async ({
  adminPage: page,
  admin,
  query,
}) => {
  await ageProof(query, admin, 11);
  await page.goto('/confirm?next=%2F%2Fevil.example');
  await answer(page, '');
  await expect(refusal(page)).toBeFocused();
  await expectAccessible(page);
  await expectToFitNarrowScreen(page);
  await page.locator('input[name=next]').evaluate((input: HTMLInputElement) => {
    input.value = '//evil.example/';
  });
  await answer(page, admin.password);
  await expect(page).toHaveURL('/');
  expect((await sessionCookie(page.context())).httpOnly).toBe(true);
});
