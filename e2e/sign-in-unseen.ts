import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { Person } from '@/e2e/fixtures';
import { answerOf, callAction } from '@/e2e/matrix/call-action';
import { builtActions } from '@/e2e/matrix/entry-points';

type Account = Pick<Person, 'email' | 'password'>;

/** Signs in as the form does, without a browser. */
export async function signInByRequest(
  request: APIRequestContext,
  { email, password }: Account,
  headers: Record<string, string> = {},
): Promise<void> {
  const action = builtActions().get('app/(auth)/login/actions.ts signInAction');
  if (!action) throw new Error('the build has no action to sign in');
  const response = await callAction(request, action, '/login', { email, password, next: '/' }, headers);
  expect(await answerOf(response)).toBe('to /');
}

/**
 * Signs a page's browser in, for a test of what comes afterwards: the form is not shown, and the page shows what it did.
 * `origin` is where the application of the test is.
 */
export async function signInUnseen(page: Page, account: Account, origin: string | undefined): Promise<void> {
  // The session names the browser that it began in.
  const userAgent = await page.evaluate(() => navigator.userAgent);
  await signInByRequest(page.request, account, {
    'user-agent': userAgent,
    ...(origin && { origin }),
  });
}
