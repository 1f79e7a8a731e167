import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { chooseTheme, expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import { expect } from '@/e2e/fixtures';
import { refusal } from '@/e2e/furnished';
import { test as installed } from '@/e2e/installation';

const test = installed.extend<{ setupCode: string }>({
  setupCode: async ({ installation }, use) => {
    const log = await readFile(installation.logFile, 'utf8');
    const code = /Set-up code: (\S+)/.exec(log)?.[1];
    if (!code) throw new Error('the console shows no set-up code');
    await use(code);
  },
});

const account = {
  organization: 'Acme Security',
  name: 'Alice Fox',
  email: 'alice@acme.example',
  password: 'plum quartz harbor vinegar 9',
};

async function fill(
  page: Page,
  { code, ...other }: { code: string } & Partial<typeof account>,
): Promise<void> {
  const { organization, name, email, password } = { ...account, ...other };
  await page.getByLabel('Set-up code').fill(code);
  await page.getByLabel('Organization').fill(organization);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
}

/** Sends the form and waits for the answer: the words of the last refusal may still be on the page. */
async function create(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Create the organization' }).click();
  await answered;
}

/** What was typed is still there, but for the password, which never comes back from the server. */
async function expectOnlyPasswordLost(page: Page, code: string): Promise<void> {
  await expect(page.getByLabel('Set-up code')).toHaveValue(code);
  await expect(page.getByLabel('Organization')).toHaveValue(account.organization);
  await expect(page.getByLabel('Your name')).toHaveValue(account.name);
  await expect(page.getByLabel('E-mail address')).toHaveValue(account.email);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
}

test('a new installation leads every page to the set-up, which takes the code of the console and then closes', async ({
  page,
  browser,
  query,
  setupCode,
  extraHTTPHeaders,
}) => {
  await test.step('every page leads to the set-up', async () => {
    const paths = [
      '/',
      '/login',
      '/account',
      '/settings/audit-log',
      '/settings/siem',
      '/settings/siem/splunk/new',
    ];
    for (const path of paths) {
      await page.goto(path);
      await expect(page, path).toHaveURL('/setup');
    }
    await expect(page).toHaveTitle('Set up · Tracekeep');
  });

  await test.step('a wrong code is refused in words', async () => {
    await fill(page, { code: 'AAAA-BBBB-CCCC' });
    await create(page);
    await expect(refusal(page)).toContainText('This is not the set-up code.');
    await expect(page.getByLabel('Set-up code')).toHaveAccessibleDescription(/a restart prints it again/);
    await expectOnlyPasswordLost(page, 'AAAA-BBBB-CCCC');
  });

  await test.step('a weak password is refused in words', async () => {
    for (const [password, words] of [
      ['short', 'Use at least 12 characters; this has 5.'],
      ['Password2026!', 'This is easy to guess'],
      // Made of what an attacker knows about this very account.
      ['AcmeAlice2026', 'This is easy to guess'],
    ] as const) {
      await fill(page, { code: setupCode, password });
      await create(page);
      await expect(refusal(page)).toContainText(words);
      await expectOnlyPasswordLost(page, setupCode);
      expect(await page.content()).not.toContain(password);
    }
    expect(await query('SELECT 1 FROM organization')).toEqual([]);
  });

  await test.step('the refused form is accessible and fits a narrow screen', async () => {
    await expectAccessible(page);
    await expectToFitNarrowScreen(page);
    await chooseTheme(page, 'dark', page.url());
    await page.reload();
    await expectAccessible(page);
  });

  await test.step('the code of the console creates the organization and signs in', async () => {
    await fill(page, { code: setupCode.toLowerCase().replaceAll('-', ' ') });
    await create(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
    const ip = extraHTTPHeaders?.['x-forwarded-for'];
    expect(
      await query(`SELECT seq, action, outcome, actor_name, target_name, host(ip) AS ip,
                          record::jsonb -> 'metadata' AS metadata FROM audit_event ORDER BY seq`),
    ).toEqual([
      {
        seq: '1',
        action: 'user.create',
        outcome: 'success',
        actor_name: 'Set-up',
        target_name: account.name,
        ip,
        metadata: { role: 'admin', via: 'setup' },
      },
      {
        seq: '2',
        action: 'user.login',
        outcome: 'success',
        actor_name: account.name,
        target_name: account.name,
        ip,
        metadata: { method: 'email' },
      },
    ]);
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto('/settings/audit-log');
    await expect(page.getByRole('row')).toHaveCount(3);
    await expect(page.getByRole('row').nth(1)).toContainText('user.login');
    await expect(page.getByRole('row').nth(2)).toContainText('user.create');
  });

  await test.step('the set-up is closed for good', async () => {
    const response = await page.goto('/setup');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
  });

  await test.step('the only organization hears of attempts on accounts that do not exist', async () => {
    const stranger = await browser.newPage();
    await stranger.goto('/login');
    await stranger.getByLabel('E-mail address').fill('nobody@acme.example');
    await stranger.getByLabel('Password', { exact: true }).fill('some password');
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    await expect(refusal(stranger)).toContainText('The e-mail address or the password is not right.');
    expect(
      await query(
        `SELECT target_name, record::jsonb -> 'metadata' AS metadata FROM audit_event WHERE outcome = 'failure'`,
      ),
    ).toEqual([
      { target_name: 'nobody@acme.example', metadata: { method: 'email', reason: 'unknown_account' } },
    ]);
    await stranger.close();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the set-up refuses and accepts the same way', async ({ page, setupCode }) => {
    await page.goto('/');
    await expect(page).toHaveURL('/setup');
    await fill(page, { code: 'AAAA-BBBB-CCCC' });
    await create(page);
    await expect(refusal(page)).toContainText('This is not the set-up code.');
    await expectOnlyPasswordLost(page, 'AAAA-BBBB-CCCC');

    await fill(page, { code: setupCode });
    await create(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
  });
});

test('two set-ups at the same time make one organization', async ({ browser, query, setupCode }) => {
  const pages = await Promise.all(['Acme', 'Globex'].map(async () => browser.newPage()));
  await Promise.all(
    pages.map(async (page, at) => {
      await page.goto('/setup');
      await fill(page, { code: setupCode, organization: `Company ${at}`, email: `admin${at}@acme.example` });
    }),
  );
  await Promise.all(pages.map(create));
  const settled = pages.map((page) =>
    expect(page.getByRole('heading', { name: 'Overview' }).or(refusal(page))).toBeVisible(),
  );
  await Promise.all(settled);

  const [first, ...others] = await query<{ slug: string }>('SELECT slug FROM organization');
  expect(others).toEqual([]);
  expect(await query('SELECT email, role::text FROM app_user')).toEqual([
    { email: `admin${first?.slug.at(-1)}@acme.example`, role: 'admin' },
  ]);
  expect(await query('SELECT action FROM audit_event ORDER BY seq')).toEqual([
    { action: 'user.create' },
    { action: 'user.login' },
  ]);
  const alerts = await Promise.all(pages.map((page) => refusal(page).allInnerTexts()));
  expect(alerts.flat().join()).toContain('Tracekeep is set up already. Sign in instead.');
  for (const page of pages) await page.close();
});
