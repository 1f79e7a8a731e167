import type { Browser, BrowserContext, Page } from '@playwright/test';
import { test as base, expect } from '@/e2e/furnished';
import { sharedStack } from '@/e2e/stack';
import { type ReceivedMail, readMails } from '@/lib/mail/testing/mail-server';

/** A row of the audit log, taken apart. */
export type LoggedRecord = {
  action: string;
  outcome: string;
  actor: { type: string; id?: string; name?: string; email?: string; role?: string };
  targets: { type: string; id?: string; name?: string }[];
  changes: { field: string; from?: string; to?: string }[];
  context: { ip?: string; user_agent?: string; origin: string; session_id?: string; request_id?: string };
  metadata: Record<string, unknown>;
};

type Fixtures = {
  /** The organization's log from its beginning. */
  records(): Promise<LoggedRecord[]>;
  /** A page in a browser of its own. */
  anotherBrowser(): Promise<Page>;
  /** Fails the test when the application ever answered 5xx to the test's own page. */
  neverAtFault: undefined;
};

/** The fixtures of the specs about members and invitations. */
export const test = base.extend<Fixtures>({
  records: async ({ query, organization }, use) =>
    use(async () => {
      const rows = await query<{ record: string }>(
        'SELECT record FROM audit_event WHERE organization_id = $1 ORDER BY seq',
        [organization.id],
      );
      return rows.map(({ record }) => JSON.parse(record));
    }),

  anotherBrowser: async ({ browser, javaScriptEnabled }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await newContext(browser, javaScriptEnabled);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  neverAtFault: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on('response', (response) => {
        if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
      });
      await use(undefined);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

function newContext(browser: Browser, javaScriptEnabled: boolean | undefined): Promise<BrowserContext> {
  return browser.newContext(javaScriptEnabled === false ? { javaScriptEnabled } : {});
}

/** Waits until so many mails to the address have arrived, and returns them, oldest first. */
export async function mailsTo(address: string, count = 1): Promise<ReceivedMail[]> {
  const { mailDirectory } = sharedStack();
  await expect.poll(async () => (await readMails(mailDirectory, address)).length).toBe(count);
  return readMails(mailDirectory, address);
}

/** The link of an invitation, as the reader of the mail would press it. */
export function linkIn({ text }: ReceivedMail): string {
  const link = /^http:\/\/localhost:\d+\/invite\/[\w-]{43}$/m.exec(text)?.[0];
  if (!link) throw new Error(`no link in: ${text}`);
  return link;
}

export const password = 'violet harbour clockwork 9';

/** Accepts an invitation through its link, as a person does. */
export async function accept(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account and sign in' }).click();
}

/** The page says that something was done. */
export async function expectStatus(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
}

export { expect };
