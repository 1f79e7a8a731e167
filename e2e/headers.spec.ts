import { openFields } from '@/e2e/audit-log';
import { listenForComplaints } from '@/e2e/complaints';
import { expect, test } from '@/e2e/every-page';
import { post, readForm } from '@/e2e/replay';
import { expectCommonHeaders, expectPagePolicy } from '@/e2e/security-headers';

test.describe.configure({ mode: 'parallel' });

test('redirects, refusals, files and the API carry the security headers too', async ({
  adminPage,
  request,
  baseURL,
}) => {
  const signOut = await readForm(adminPage, '/account', 'Sign out');
  const answers = {
    'a redirect to the sign-in page': await request.get('/settings/siem', { maxRedirects: 0 }),
    'a method that no page has': await request.delete('/account'),
    'a form of another site': await post(adminPage.request, signOut, { origin: 'https://evil.example' }),
    'a form of nobody': await post(request, signOut, { origin: baseURL ?? '' }),
    'a client navigation': await adminPage.request.get('/account', { headers: { rsc: '1' } }),
  };
  for (const [what, response] of Object.entries(answers)) {
    expectCommonHeaders(response.headers(), what);
    expectPagePolicy(response.headers(), what);
  }

  for (const path of [
    '/api/health',
    '/api/nowhere',
    '/api/auth/csrf',
    '/api/auth/session',
    '/api/siem/stream',
    '/api/v1/openapi.json',
    '/api/v1/audit-events',
    '/api/v1/nowhere',
  ]) {
    const headers = (await request.get(path)).headers();
    expectCommonHeaders(headers, path);
    expect(headers['content-security-policy'], path).toBe("default-src 'none'; frame-ancestors 'none'");
  }
  for (const path of ['/favicon.svg', '/_next/static/nothing.js']) {
    expectCommonHeaders((await request.get(path)).headers(), path);
  }
});

test('behind a proxy that speaks https, browsers are told to stay with it', async ({ request }) => {
  const https = await request.get('/login', { headers: { 'x-forwarded-proto': 'https' } });
  expect(https.headers()['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  expect((await request.get('/login')).headers()['strict-transport-security']).toBeUndefined();
});

test('normal use violates no policy and leaves the browser’s console empty', async ({
  adminPage: page,
  // There is one of everything to use.
  pages: _,
  baseURL,
}) => {
  const { complaints, foreign } = listenForComplaints(page, baseURL);
  await page.goto('/');
  await page.getByRole('link', { name: 'Audit Log', exact: true }).click();
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('link', { name: 'Close the event' }).click();
  await openFields(page);
  await page.getByRole('combobox', { name: 'Result' }).selectOption('failure');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/result=failure/);
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('link', { name: 'SIEM' }).first().click();
  await page.getByRole('button', { name: 'Pause', exact: true }).first().click();
  await expect(page.getByRole('button', { name: 'Resume' })).toHaveCount(2);
  await page.getByRole('link', { name: 'Add Integration' }).click();
  await page.getByRole('button', { name: 'Test Connection' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/login');

  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
});

test('an injected script does not run: the policy refuses it', async ({ adminPage: page }) => {
  await page.goto('/');
  const refused = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
        const holder = document.createElement('div');
        holder.innerHTML = '<img src="x" onerror="document.title = \'owned\'">';
        document.body.append(holder);
      }),
  );
  expect(refused).toBe('script-src-attr');
  await expect(page).not.toHaveTitle('owned');
});
