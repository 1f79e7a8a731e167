import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { chooseTheme, expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import { sessionCookie, signIn } from '@/e2e/furnished';
import {
  authentication,
  connect,
  expect,
  expectStatus,
  field,
  fill,
  oidcPage,
  passProvider,
  press,
  refusal,
  test,
  typedConnection,
} from '@/e2e/sign-in-methods';
import { sharedStack } from '@/e2e/stack';

test.describe.configure({ mode: 'parallel' });

const account = { sub: 'a-1', email: 'alice@acme.example', email_verified: true, name: 'Alice Fox' };

/** axe itself is JavaScript, so it only runs where pages may. Leaves the window wide, as it was. */
async function expectGoodPage(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectToFitNarrowScreen(page);
  await page.setViewportSize({ width: 1280, height: 720 });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a provider is checked, configured, tested by a real round trip, and only then enabled', async ({
      adminPage: page,
      visitor,
      events,
      query,
      organization,
    }) => {
      const typed = typedConnection();
      const secret = typed['Client secret'];
      await page.goto(authentication);
      await expect(page.getByText('Not configured')).toBeVisible();
      await page.getByRole('link', { name: 'Configure OpenID Connect' }).click();
      const redirectUri = await page.getByText(/\/api\/auth\/callback\/oidc-[0-9a-f-]{36}$/).textContent();

      await test.step('what is missing is named, and nothing typed is lost but, without JavaScript, the secret', async () => {
        await fill(page, { ...typed, 'Issuer URL': 'http://login.example.com', 'Client ID': '' });
        await press(page, 'Save');
        await expect(refusal(page)).toContainText('2 things to put right');
        await expect(field(page, 'Issuer URL')).toHaveAccessibleDescription(/must start with https:\/\//);
        await expect(field(page, 'Client ID')).toHaveAccessibleDescription(/Enter the client ID\./);
        await expect(field(page, 'Issuer URL')).toHaveValue('http://login.example.com');
        await expect(field(page, 'Client secret')).toHaveValue(javaScriptEnabled ? secret : '');
        expect(await page.content()).not.toContain(secret);
      });

      await test.step('the check says what it looked at, and saves nothing', async () => {
        await fill(page, typed);
        await press(page, 'Check provider');
        await expectStatus(page, 'This provider has what signing in needs.');
        for (const name of ['Reachable', 'Issuer', 'Endpoints', 'Response type', 'PKCE', 'Signing keys']) {
          await expect(page.getByRole('listitem').filter({ hasText: `${name} passed` })).toBeVisible();
        }
        expect(await events('organization.')).toEqual([]);
      });

      if (!javaScriptEnabled) await fill(page, { 'Client secret': secret });
      await press(page, 'Save');
      await expectStatus(page, 'Nobody can sign in through it yet');
      await expect(page.getByText(redirectUri ?? 'nothing')).toBeVisible();
      await page.goto(authentication);
      await expect(page.getByRole('button', { name: 'Enable OIDC sign-in' })).toHaveCount(0);

      await test.step('the test shows the claims, signs nobody in and makes nobody', async () => {
        const before = await sessionCookie(page.context());
        await passProvider(page, 'Test sign-in', account);
        await expectStatus(page, 'Acme SSO signs people in.');
        await expect(page.getByText('alice@acme.example, verified')).toBeVisible();
        expect((await sessionCookie(page.context())).value).toBe(before.value);
        const people = await query('SELECT 1 FROM app_user WHERE organization_id = $1', [organization.id]);
        expect(people).toHaveLength(1);
        if (javaScriptEnabled) await expectGoodPage(page);
      });

      await page.goto(authentication);
      await press(page, 'Enable OIDC sign-in');
      await expectStatus(page, 'OIDC sign-in is enabled.');
      if (javaScriptEnabled) await expectGoodPage(page);

      const person = await visitor();
      const sub = `ben-${organization.id}`;
      await passProvider(person, 'Continue with Acme SSO', {
        ...account,
        sub,
        email: `${sub}@acme.example`,
      });
      await expect(person).toHaveURL('/');

      const log = await events('organization.');
      expect(log).toMatchObject([
        {
          action: 'organization.auth.oidc.configure',
          actor: { type: 'user', name: 'Alice Fox' },
          targets: [{ type: 'identity_provider', name: 'Acme SSO' }],
          metadata: { issuer: typed['Issuer URL'], client_id: 'tracekeep' },
        },
        { action: 'organization.auth.oidc.test', outcome: 'success' },
        {
          action: 'organization.auth.oidc.enable',
          changes: [{ field: 'enabled', from: 'false', to: 'true' }],
        },
      ]);
      expect(JSON.stringify(log)).not.toContain(secret);
      const rows = await query('SELECT c::text AS row FROM oidc_connection c WHERE organization_id = $1', [
        organization.id,
      ]);
      expect(JSON.stringify(rows)).not.toContain(secret);
      expect((await readFile(sharedStack().logFile, 'utf8')).includes(secret)).toBe(false);
    });
  });
}

test('methods are switched at once for everybody; the last one stays, and admins keep their password', async ({
  adminPage: page,
  addPerson,
  browser,
  admin,
  events,
  signInPage,
}) => {
  const member = await addPerson('member');
  const memberPage = await (await browser.newContext()).newPage();
  await signIn(memberPage, member);

  await page.goto(authentication);
  await page.getByText('Disable e-mail sign-in…').click();
  await press(page, 'Disable e-mail sign-in');
  await expectStatus(page, 'This is the last way to sign in, so it stays on.');
  await expect(memberPage.reload().then((response) => response?.status())).resolves.toBe(200);

  await page.goto(authentication);
  await press(page, 'Enable Google sign-in');
  await expectStatus(page, 'Google sign-in is enabled.');
  await page.getByText('Disable e-mail sign-in…').click();
  await expect(page.getByText('Of 2 active people 1 has no other way')).toBeVisible();
  await press(page, 'Disable e-mail sign-in');
  await expectStatus(page, 'E-mail sign-in is disabled.');
  await expect(page.getByText('Admins only')).toBeVisible();

  await memberPage.reload();
  await expect(memberPage).toHaveURL(/\/login/);
  await memberPage.goto(signInPage);
  await expect(memberPage.getByRole('link', { name: 'Continue with Google' })).toBeVisible();
  await expect(memberPage.getByLabel('E-mail address')).toBeHidden();
  await memberPage.getByText('Sign in as an admin with a password').click();
  const tryAs = async ({ email, password }: { email: string; password: string }) => {
    await memberPage.getByLabel('E-mail address').fill(email);
    await memberPage.getByLabel('Password', { exact: true }).fill(password);
    await memberPage.getByRole('button', { name: 'Sign in' }).click();
  };
  await tryAs(member);
  await expect(refusal(memberPage)).toContainText('The e-mail address or the password is not right.');
  await tryAs(admin);
  await expect(memberPage).toHaveURL('/');
  await memberPage.context().close();

  await page.goto(authentication);
  await page.getByText('Disable Google sign-in…').click();
  await press(page, 'Disable Google sign-in');
  await expectStatus(page, 'This is the last way to sign in, so it stays on.');
  await page.goto(authentication);
  await press(page, 'Enable e-mail sign-in');
  await expectStatus(page, 'E-mail sign-in is enabled.');
  await page.getByText('Disable Google sign-in…').click();
  await press(page, 'Disable Google sign-in');
  await expectStatus(page, 'Google sign-in is disabled.');

  expect((await events('organization.')).map(({ action }) => action)).toEqual([
    'organization.auth.google.enable',
    'organization.auth.email.disable',
    'organization.auth.email.enable',
    'organization.auth.google.disable',
  ]);
  const failures = await events('user.login_failed');
  expect(failures).toMatchObject([
    { targets: [{ id: member.id }], metadata: { method: 'email', reason: 'method_disabled' } },
  ]);
});

test('settings change without the secret, never over somebody else’s, and are deleted by their name', async ({
  adminPage: page,
  events,
  baseURL,
}) => {
  await chooseTheme(page, 'dark', baseURL ?? '');
  await connect(page);
  await page.goto(oidcPage);
  await expectGoodPage(page);
  const secret = typedConnection()['Client secret'];
  await expect(field(page, 'Client secret')).toHaveAccessibleDescription(
    new RegExp(`^Stored: ends in ${secret.slice(-4)}, set on .*Leave empty to keep it$`),
  );
  const other = await page.context().newPage();
  await other.goto(oidcPage);
  await fill(other, { 'Display name': 'Acme Login' });
  await press(other, 'Save changes');
  await expectStatus(other, 'The settings were saved.');
  await other.close();

  await fill(page, { 'Allowed e-mail domains': 'acme.example' });
  await press(page, 'Save changes');
  await expect(refusal(page)).toContainText(
    'Alice Fox has changed these settings since you opened this page',
  );
  await expect(field(page, 'Allowed e-mail domains')).toHaveValue('acme.example');
  await press(page, 'Save changes');
  await expectStatus(page, 'The settings were saved.');

  // Whoever wants another issuer has to have its secret.
  await fill(page, { 'Issuer URL': 'https://login.example.com' });
  await press(page, 'Save changes');
  await expect(refusal(page)).toContainText('Enter the client secret of this issuer.');

  await page.goto(authentication);
  await expectGoodPage(page);
  await page.getByRole('link', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete Acme SSO');
  await expectGoodPage(page);
  await page.getByLabel('Type Acme SSO to confirm').fill('acme sso');
  await press(page, 'Delete OpenID Connect');
  await expect(refusal(page)).toContainText('Type Acme SSO to confirm');
  await page.getByLabel('Type Acme SSO to confirm').fill('Acme SSO');
  await press(page, 'Delete OpenID Connect');
  await expectStatus(page, 'The OpenID Connect configuration was deleted.');
  await expect(page.getByText('Not configured')).toBeVisible();

  expect((await events('organization.auth.oidc.')).slice(3)).toMatchObject([
    {
      action: 'organization.auth.oidc.update',
      changes: [{ field: 'name', from: 'Acme SSO', to: 'Acme Login' }],
      metadata: { fields: ['name'] },
    },
    { action: 'organization.auth.oidc.update', metadata: { fields: ['name', 'allowed_domains'] } },
    { action: 'organization.auth.oidc.disable' },
    { action: 'organization.auth.oidc.delete', targets: [{ type: 'identity_provider', name: 'Acme SSO' }] },
  ]);
});

test('who is no admin sees none of it', async ({ openAs, stranger }) => {
  for (const role of ['auditor', 'member'] as const) {
    const page = await openAs(role);
    await page.goto('/');
    await expect(page.getByRole('link', { name: 'Overview' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Authentication' })).toHaveCount(0);
    for (const path of [authentication, oidcPage, `${oidcPage}/delete`]) {
      expect((await page.request.get(path)).status(), `${path} as ${role}`).toBe(403);
    }
  }
  const answer = await stranger.request.get(oidcPage, { maxRedirects: 0 });
  expect(answer.status()).toBe(307);
});
