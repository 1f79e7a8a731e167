import type { Locator, Page } from '@playwright/test';
import { test as base, expect, refusal } from '@/e2e/furnished';
import { type Account, sharedOpenIdProvider } from '@/e2e/openid-provider';

export const authentication = '/settings/authentication';
export const oidcPage = `${authentication}/oidc`;

/** An event of the log, as a test wants to see it. */
export type LoggedEvent = {
  action: string;
  outcome: string;
  actor: Record<string, string>;
  targets: Record<string, string>[];
  changes: Record<string, string>[];
  metadata: Record<string, unknown>;
};

type Stage = {
  /** The organization's log, from its beginning; only these actions when a beginning is given. */
  events(beginning?: string): Promise<LoggedEvent[]>;
  /** The organization's own sign-in page. */
  signInPage: string;
  /** A page in a browser of its own, signed in as nobody, at the organization's sign-in page. */
  visitor(): Promise<Page>;
};

/** The fixtures of the specs about ways of signing in. */
export const test = base.extend<Stage>({
  events: async ({ query, organization }, use) =>
    use(async (beginning = '') => {
      const rows = await query<{ record: string }>(
        `SELECT record FROM audit_event WHERE organization_id = $1 AND starts_with(action, $2) ORDER BY seq`,
        [organization.id, beginning],
      );
      return rows.map(({ record }) => JSON.parse(record));
    }),

  signInPage: async ({ organization }, use) => use(`/login/${organization.slug}`),

  visitor: async ({ browser, signInPage, javaScriptEnabled }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async () => {
      const context = await browser.newContext({ javaScriptEnabled: javaScriptEnabled ?? true });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(signInPage);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

/** What an admin types to connect the provider of this run. */
export const typedConnection = () => {
  const { issuer, clientId, clientSecret } = sharedOpenIdProvider();
  return {
    'Display name': 'Acme SSO',
    'Issuer URL': issuer,
    'Client ID': clientId,
    'Client secret': clientSecret,
  };
};

export function field(page: Page, label: string): Locator {
  return page.getByLabel(label, { exact: label === 'Client secret' });
}

export async function fill(page: Page, typed: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(typed)) await field(page, label).fill(value);
}

export async function press(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** Follows a link to the provider, and says there who one is. Comes back to the application, wherever that leads. */
export async function passProvider(page: Page, link: string, account: Account): Promise<void> {
  await page.getByRole('link', { name: link, exact: true }).click();
  await page.getByLabel('Claims').fill(JSON.stringify(account));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL((url) => url.hostname === 'localhost');
}

/** Lets the provider forget who signed in there, so that it asks again. */
export async function forgetAtProvider(page: Page): Promise<void> {
  await page.context().clearCookies({ domain: '127.0.0.1' });
}

/** The page says that something was done. */
export async function expectStatus(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
}

/** Connects the organization with the provider, tests it and switches it on, as an admin does. */
export async function connect(page: Page, more: Record<string, string> = {}, role = 'member'): Promise<void> {
  await page.goto(oidcPage);
  await fill(page, { ...typedConnection(), ...more });
  await page.getByLabel('Role of new members').selectOption(role);
  await press(page, 'Save');
  await expectStatus(page, 'The provider is connected.');
  const domain = more['Allowed e-mail domains'] ?? 'acme.example';
  const account = {
    sub: `admin-${domain}`,
    email: `admin@${domain}`,
    email_verified: true,
    name: 'Alice Fox',
  };
  await passProvider(page, 'Test sign-in', account);
  await expectStatus(page, 'Acme SSO signs people in.');
  await page.goto(authentication);
  await press(page, 'Enable OIDC sign-in');
  await expectStatus(page, 'OIDC sign-in is enabled.');
  await forgetAtProvider(page);
}

export { expect, refusal };
