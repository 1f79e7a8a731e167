import { addressesOf } from '@/e2e/every-page';
import { expect, hidden, sessionCookie, test } from '@/e2e/furnished';
import { readForms } from '@/e2e/replay';

test.describe.configure({ mode: 'parallel' });

const canary = 'canary-of-this-test';

const namedScan = (name: string) => ({ targets: [{ type: 'scan' as const, id: name, name }] });

/** Ways to ask for a page that are not a browser's first visit. */
const transports: Record<string, { headers?: Record<string, string>; suffix?: string }> = {
  page: {},
  'client navigation': { headers: { rsc: '1' }, suffix: '_rsc=abcde' },
  prefetch: { headers: { rsc: '1', 'next-router-prefetch': '1' }, suffix: '_rsc=abcde' },
  'segment prefetch': {
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    suffix: '_rsc=abcde',
  },
  'forged internal headers': {
    headers: {
      'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
      'x-nextjs-data': '1',
      'x-tracekeep-path': '/login',
      'x-tracekeep-peer': '127.0.0.1',
    },
  },
};

test('a stranger gets nothing of an organization, whatever the cookie and however they ask', async ({
  adminPage,
  playwright,
  baseURL,
  admin,
  organization,
  addEvents,
  addIntegration,
}) => {
  const [event] = await addEvents(namedScan(canary));
  const integrationId = await addIntegration('paused', canary);
  const { name, value } = await sessionCookie(adminPage.context());
  const cookies: Record<string, string | undefined> = {
    none: undefined,
    garbage: `${name}=garbage`,
    'four kilobytes': `${name}=${'A'.repeat(4000)}`,
    truncated: `${name}=${value.slice(0, -2)}`,
    changed: `${name}=${value.slice(0, -8)}AAAAAAAA`,
    'under a look-alike name': `${name}.0=${value}`,
    'a quoted injection': `${name}=' OR 1=1 --`,
  };
  const secrets = [canary, admin.email, organization.slug, organization.name];

  for (const [which, cookie] of Object.entries(cookies)) {
    const stranger = await playwright.request.newContext({
      ...(baseURL && { baseURL }),
      extraHTTPHeaders: cookie === undefined ? {} : { cookie },
    });
    const ways = cookie === undefined ? Object.entries(transports) : Object.entries(transports).slice(0, 2);
    for (const path of addressesOf(event?.id ?? '', integrationId)) {
      for (const [way, { headers = {}, suffix }] of ways) {
        const asked = `${path} as ${way} with cookie ${which}`;
        const address = suffix ? `${path}${path.includes('?') ? '&' : '?'}${suffix}` : path;
        // Next sends a client's own fetches on to an address of its cache, so those are followed to their end.
        const response = await stranger.get(address, { headers, ...(!suffix && { maxRedirects: 0 }) });
        const body = await response.text();
        expect(
          secrets.filter((secret) => body.includes(secret)),
          asked,
        ).toEqual([]);
        if (suffix) {
          expect([200, 404], asked).toContain(response.status());
        } else {
          expect(response.status(), asked).toBe(307);
          expect(new URL(response.headers().location ?? '', baseURL).pathname, asked).toBe('/login');
        }
      }
    }
    await stranger.dispose();
  }
});

test('a stranger gets nothing from the API and from addresses that look like a page', async ({
  request,
  admin,
  organization,
  addEvents,
}) => {
  await addEvents(namedScan(canary));
  const answers: Record<string, number> = {
    '/api/health': 200,
    '/api/auth/csrf': 200,
    '/api/auth/providers': 200,
    '/api/auth/session': 404,
    '/api/auth/signout': 404,
    '/api/siem/stream': 405,
    '/api/v1': 404,
    '/api/v1/events': 404,
    '/api/v1/openapi.json': 200,
    '/api/v1/audit-events': 401,
    '/api/v1/siem': 401,
    '/api/v1/scans': 401,
    '/api': 404,
    '/settings/audit-log.rsc': 404,
    '/_next/data/build/settings/audit-log.json': 404,
    '/.env': 404,
    '/.git/config': 404,
    '/_next/image?url=%2Ffavicon.svg&w=64&q=75': 404,
  };
  for (const [path, status] of Object.entries(answers)) {
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status(), path).toBe(status);
    const body = await response.text();
    const told = [canary, admin.email, organization.slug].filter((secret) => body.includes(secret));
    expect(told, path).toEqual([]);
  }
  expect(await (await request.get('/api/health')).json()).toEqual({ status: 'ok' });
  // Without CRON_SECRET there is nobody who could be let in.
  expect((await request.post('/api/siem/stream')).status()).toBe(404);
});

test('a member sees neither the audit log nor SIEM, and is told whom to ask', async ({
  openAs,
  admin,
  addEvents,
  addIntegration,
}) => {
  const [event] = await addEvents(namedScan(canary));
  const integrationId = await addIntegration('healthy', canary);
  const page = await openAs('member');
  await page.goto('/');
  const navigation = page.getByRole('navigation', { name: 'Console' });
  await expect(navigation.getByRole('link')).toHaveText(['Overview', 'Scans']);
  await expect(page.getByRole('main')).not.toContainText(canary);

  for (const path of addressesOf(event?.id ?? '', integrationId).slice(2)) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(403);
    expect((await response?.text())?.includes(canary), path).toBe(false);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your role does not include this');
    await expect(page.getByRole('main')).toContainText(admin.email);
    const fetched = await page.request.get(path, { headers: { rsc: '1' } });
    expect((await fetched.text()).includes(canary), path).toBe(false);
  }
});

test('an auditor reads log and streams, but sees neither address nor token, and gets no form to change them', async ({
  openAs,
  addEvents,
  addIntegration,
}) => {
  const [event] = await addEvents(namedScan(canary));
  const integrationId = await addIntegration('healthy', canary);
  const page = await openAs('auditor');
  const account = (await readForms(page, '/account')).map(({ label }) => label);
  // What a reader changes for themselves: the account, and with “Apply” the columns of the log.
  const own = [...account, 'Apply'];
  for (const path of addressesOf(event?.id ?? '', integrationId)) {
    const response = await page.goto(path);
    const html = (await response?.text()) ?? '';
    expect(
      [hidden.host, hidden.last4].filter((secret) => html.includes(secret)),
      path,
    ).toEqual([]);
    const changing = /\/(new|edit|token|test|delete|retry|dismiss|retention)$/.test(path);
    expect(response?.status(), path).toBe(changing ? 403 : 200);
    // An auditor verifies the log, on a page that names none of its events.
    if (path.startsWith('/settings') && !path.endsWith('/integrity')) {
      expect(html.includes(canary), path).toBe(!changing);
      await expect(page.getByRole('link', { name: 'Add Integration' })).toHaveCount(0);
      const labels = (await readForms(page, path)).map(({ label }) => label);
      expect(own, path).toEqual(expect.arrayContaining(labels));
    }
  }
});
