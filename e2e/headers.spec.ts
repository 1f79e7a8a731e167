import { openFields } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/every-page';
import { post, readForm } from '@/e2e/replay';

test.describe.configure({ mode: 'parallel' });

/** On every response, whatever it is. */
const common = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

function expectCommon(headers: Record<string, string>, what: string): void {
  expect(headers, what).toMatchObject(common);
  expect(headers['permissions-policy'], what).toContain('camera=(), geolocation=(), microphone=()');
  expect(headers['x-powered-by'], what).toBeUndefined();
  expect(headers.server, what).toBeUndefined();
}

/** The directives of a policy by name. */
function directivesOf(policy: string | undefined): Record<string, string> {
  return Object.fromEntries(
    (policy ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values.join(' ')];
    }),
  );
}

function expectPagePolicy(headers: Record<string, string>, what: string): string {
  const directives = directivesOf(headers['content-security-policy']);
  expect(directives, what).toMatchObject({
    'default-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'connect-src': "'self'",
  });
  const nonce = /^'nonce-([\w+/=]{20,})' 'strict-dynamic'$/.exec(directives['script-src'] ?? '')?.[1];
  expect(nonce, what).toBeDefined();
  expect(headers['content-security-policy'], what).not.toMatch(/unsafe-|https?:|\*/);
  expect(headers['cache-control'], what).toContain('no-store');
  return nonce ?? '';
}

test('every page carries the security headers and a policy with a nonce of its own', async ({
  adminPage,
  openAs,
  playwright,
  baseURL,
  pages,
}) => {
  const askers = {
    admin: adminPage.request,
    auditor: (await openAs('auditor')).request,
    member: (await openAs('member')).request,
    stranger: await playwright.request.newContext({ ...(baseURL && { baseURL }) }),
  };
  const nonces = new Set<string>();
  for (const { what, path, status = 200, as = 'admin' } of pages) {
    // A client may not choose the nonce of its own page.
    const response = await askers[as].get(path, { headers: { 'x-nonce': 'mine', 'x-request-id': 'mine' } });
    expect(response.status(), what).toBe(status);
    const headers = response.headers();
    expectCommon(headers, what);
    const nonce = expectPagePolicy(headers, what);
    nonces.add(nonce);
    expect(headers['x-request-id'], what).toMatch(/^[0-9a-f-]{36}$/);
    const html = await response.text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length, what).toBeGreaterThan(0);
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      what,
    ).toEqual([]);
    expect(html, what).not.toMatch(/<[^>]+\s(on\w+|style)="/);
  }
  expect(nonces.size).toBe(pages.length);
  await askers.stranger.dispose();
});

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
    expectCommon(response.headers(), what);
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
    expectCommon(headers, path);
    expect(headers['content-security-policy'], path).toBe("default-src 'none'; frame-ancestors 'none'");
  }
  for (const path of ['/favicon.svg', '/_next/static/nothing.js']) {
    expectCommon((await request.get(path)).headers(), path);
  }
});

test('behind a proxy that speaks https, browsers are told to stay with it', async ({ request }) => {
  const https = await request.get('/login', { headers: { 'x-forwarded-proto': 'https' } });
  expect(https.headers()['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  expect((await request.get('/login')).headers()['strict-transport-security']).toBeUndefined();
});

test('normal use of all pages violates no policy and leaves the browser’s console empty', async ({
  adminPage: page,
  pages,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (/error|warning/.test(message.type())) complaints.push(`${page.url()}: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    // A navigation that overtakes another one ends what that had begun to fetch.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`);
  });
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(page.url()).origin) foreign.push(request.url());
  });

  for (const { path, status, as } of pages) {
    if (as || status) continue;
    await page.goto(path);
    // Hydration is where React would complain about a difference between server and client.
    await expect(page.getByRole('button', { name: /^Theme/ })).toBeEnabled();
  }

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
