import type { APIRequestContext, Page } from '@playwright/test';
import type { Query } from '@/e2e/database';
import { addressesOf } from '@/e2e/every-page';
import { expect, hidden, test } from '@/e2e/furnished';
import { post, readForm, type SentForm } from '@/e2e/replay';

test.describe.configure({ mode: 'parallel' });

/** All that the forms of an admin could change: compared before and after. */
async function everythingOf(query: Query, organizationId: string) {
  return {
    integrations: await query('SELECT * FROM siem_integration WHERE organization_id = $1 ORDER BY id', [
      organizationId,
    ]),
    streams: await query(
      'SELECT integration_id, state, cursor, start_seq FROM siem_stream WHERE organization_id = $1 ORDER BY 1',
      [organizationId],
    ),
    drafts: await query('SELECT * FROM siem_draft WHERE organization_id = $1', [organizationId]),
    people: await query('SELECT * FROM app_user WHERE organization_id = $1 ORDER BY id', [organizationId]),
    events: await query('SELECT seq, action FROM audit_event WHERE organization_id = $1 ORDER BY seq', [
      organizationId,
    ]),
  };
}

/** The forms by which an admin changes an integration, filled in so that they would succeed. */
async function changesTo(
  page: Page,
  id: string,
  name: string,
): Promise<[SentForm, Record<string, string>][]> {
  const siem = '/settings/siem';
  const typed = {
    hecUrl: 'https://127.0.0.1:9',
    hecToken: crypto.randomUUID(),
    index: 'audit',
    name: 'Taken over',
  };
  return [
    [await readForm(page, siem, 'Pause'), {}],
    [await readForm(page, `${siem}/splunk/new`, 'Test Connection'), { ...typed, intent: 'test' }],
    [
      await readForm(page, `${siem}/splunk/new`, 'Test Connection'),
      { ...typed, intent: 'save', anyway: 'on' },
    ],
    [
      await readForm(page, `${siem}/splunk/${id}/edit`, 'Test Connection'),
      { ...typed, intent: 'save', anyway: 'on' },
    ],
    [
      await readForm(page, `${siem}/splunk/${id}/token`, 'Test Connection'),
      { hecToken: typed.hecToken, intent: 'save', anyway: 'on' },
    ],
    [await readForm(page, `${siem}/splunk/${id}/delete`, 'Delete integration'), { confirmation: name }],
  ];
}

test('an admin’s forms posted by an auditor, a member or nobody change nothing', async ({
  adminPage,
  openAs,
  request,
  baseURL,
  query,
  organization,
  addIntegration,
}) => {
  const id = await addIntegration('healthy', 'Splunk main');
  const forms = await changesTo(adminPage, id, 'Splunk main');
  const [auditor, member] = [await openAs('auditor'), await openAs('member')];
  const askers: [string, APIRequestContext, number[]][] = [
    // 409: the other page does not know the action at all.
    ['auditor', auditor.request, [403, 409]],
    ['member', member.request, [403, 409]],
    // Somebody signed out is led to the sign-in page, or hears in the form that the session is over.
    ['nobody', request, [200, 303, 307, 409]],
  ];
  const before = await everythingOf(query, organization.id);

  for (const [who, asker, statuses] of askers) {
    for (const [form, fields] of forms) {
      // To its own page, and to one that the asker may open.
      for (const path of [form.path, '/account']) {
        const response = await post(asker, form, { origin: baseURL ?? '', path, fields });
        expect(statuses, `${form.label} at ${path} by ${who}`).toContain(response.status());
        expect((await response.text()).includes(hidden.host), `${form.label} by ${who}`).toBe(false);
      }
    }
  }
  expect(await everythingOf(query, organization.id)).toEqual(before);
});

test('what belongs to another organization answers as if it did not exist', async ({
  adminPage,
  baseURL,
  query,
  neighbour,
  addIntegration,
}) => {
  const own = await addIntegration('healthy', 'Splunk main');
  const forms = await changesTo(adminPage, own, 'Splunk main');
  const before = await everythingOf(query, neighbour.organization.id);

  const theirs = addressesOf(neighbour.event.id, neighbour.integrationId);
  const ofOneThing = theirs.filter((path) => /\/[0-9a-f-]{36}(\/|$)/.test(path));
  expect(ofOneThing).toHaveLength(10);
  for (const path of ofOneThing) {
    const response = await adminPage.goto(path);
    expect(response?.status(), path).toBe(404);
    expect((await response?.text())?.includes(neighbour.secret), path).toBe(false);
    const shown = (await adminPage.getByRole('main').textContent()) ?? '';
    const missing = path.replace(/[0-9a-f-]{36}/, crypto.randomUUID());
    expect((await adminPage.goto(missing))?.status(), missing).toBe(404);
    await expect(adminPage.getByRole('main'), path).toHaveText(shown);
  }

  const log = await adminPage.goto(`/settings/audit-log?event=${neighbour.event.id}`);
  expect(log?.status()).toBe(200);
  expect((await log?.text())?.includes(neighbour.secret)).toBe(false);
  await expect(
    adminPage.getByText('The event in this link does not exist in this organization.'),
  ).toBeVisible();

  for (const [form, fields] of forms) {
    if (!form.fields.some(([name]) => name === 'id')) continue;
    const response = await post(adminPage.request, form, {
      origin: baseURL ?? '',
      fields: {
        ...fields,
        id: neighbour.integrationId,
        ...(form.label === 'Delete integration' && { confirmation: `${neighbour.secret}-splunk` }),
      },
    });
    expect(response.status(), form.label).toBeLessThan(500);
    expect((await response.text()).includes(neighbour.organization.name), form.label).toBe(false);
  }
  expect(await everythingOf(query, neighbour.organization.id)).toEqual(before);
});

test('a form sent by another site is refused, whatever it says about itself', async ({
  adminPage,
  baseURL,
  query,
  organization,
  addIntegration,
}) => {
  const id = await addIntegration('healthy', 'Splunk main');
  const forms = await changesTo(adminPage, id, 'Splunk main');
  const before = await everythingOf(query, organization.id);
  const { host, port } = new URL(baseURL ?? '');
  const foreign: [string | null, Record<string, string>?][] = [
    ['https://evil.example'],
    ['https://evil.example', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
    ['null'],
    ['not an origin'],
    [`http://localhost:${Number(port) + 1}`],
    [`https://${host}`],
    [`${baseURL}.evil.example`],
    [null],
    [null, { 'sec-fetch-site': 'cross-site' }],
    [null, { 'sec-fetch-site': 'same-site', referer: `${baseURL}/settings/siem` }],
  ];
  for (const [origin, headers = {}] of foreign) {
    for (const [form, fields] of forms) {
      const response = await post(adminPage.request, form, { origin, headers, fields });
      expect(response.status(), `${form.label} from ${origin}`).toBe(403);
    }
  }
  expect(await everythingOf(query, organization.id)).toEqual(before);
});

test('another site can neither sign somebody in nor out', async ({
  adminPage,
  playwright,
  baseURL,
  admin,
}) => {
  const fresh = await playwright.request.newContext({ ...(baseURL && { baseURL }) });
  const { csrfToken } = await (await fresh.get('/api/auth/csrf')).json();
  const origin = 'https://evil.example';
  const login = await fresh.post('/api/auth/callback/password', {
    headers: { origin },
    form: { email: admin.email, password: admin.password, csrfToken },
    maxRedirects: 0,
  });
  expect(login.status()).toBe(403);
  expect(login.headers()['set-cookie'] ?? '').not.toContain('-session=');
  await fresh.dispose();

  const signOut = await readForm(adminPage, '/account', 'Sign out');
  expect((await post(adminPage.request, signOut, { origin })).status()).toBe(403);
  for (const path of ['/api/auth/signout', '/logout', '/account?signout=1'])
    await adminPage.request.get(path);
  await adminPage.goto('/account');
  await expect(adminPage).toHaveURL('/account');
});
