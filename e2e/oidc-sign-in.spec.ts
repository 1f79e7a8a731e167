import { expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import { sessionCookie } from '@/e2e/furnished';
import {
  authentication,
  connect,
  expect,
  expectStatus,
  forgetAtProvider,
  passProvider,
  press,
  test,
} from '@/e2e/sign-in-methods';

test.describe.configure({ mode: 'parallel' });

const button = 'Continue with Acme SSO';

test('somebody new joins with the configured role and lands on the page asked for; the answer works once', async ({
  adminPage,
  visitor,
  signInPage,
  events,
  query,
  organization,
}) => {
  await connect(adminPage, { 'Allowed e-mail domains': 'acme.example' }, 'auditor');
  const page = await visitor();
  await expectAccessible(page);
  await expectToFitNarrowScreen(page);
  const callbacks: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/auth/callback/')) callbacks.push(request.url());
  });
  const id = organization.id.slice(0, 8);
  const account = {
    sub: `ben-${id}`,
    email: `ben-${id}@acme.example`,
    email_verified: true,
    name: 'Ben Okafor',
  };
  await page.goto(`${signInPage}?next=%2Fsettings%2Faudit-log%3Fresult%3Dfailure`);
  await passProvider(page, button, account);
  await expect(page).toHaveURL('/settings/audit-log?result=failure');
  expect(await sessionCookie(page.context())).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

  const [person] = await query<{ id: string }>(
    `SELECT u.id, u.role::text, u.name, s.method, s.connection_id IS NOT NULL AS connected FROM app_user u
       JOIN session s ON s.user_id = u.id WHERE u.organization_id = $1 AND u.email = $2`,
    [organization.id, account.email],
  );
  expect(person).toMatchObject({ role: 'auditor', name: 'Ben Okafor', method: 'oidc', connected: true });
  expect((await events('user.')).slice(-2)).toMatchObject([
    {
      action: 'user.create',
      targets: [{ type: 'user', id: person?.id, name: 'Ben Okafor' }],
      metadata: { role: 'auditor', via: 'oidc' },
    },
    { action: 'user.login', actor: { id: person?.id }, metadata: { method: 'oidc' } },
  ]);

  // Whoever got hold of the answer comes too late, in this browser and in any other.
  const before = (await sessionCookie(page.context())).value;
  await page.goto(callbacks[0] ?? '');
  expect((await sessionCookie(page.context())).value).toBe(before);
  const thief = await visitor();
  await thief.goto(callbacks[0] ?? '');
  await expectStatus(thief, 'Start again.');
  expect((await events('user.login_failed')).map(({ metadata }) => metadata)).toEqual([
    { method: 'oidc', reason: 'provider_refused' },
    { method: 'oidc', reason: 'provider_refused' },
  ]);
});

test('who may not come in is told why and what to do, and it is recorded', async ({
  adminPage,
  visitor,
  addPerson,
  events,
  query,
  organization,
}) => {
  await connect(adminPage, { 'Allowed e-mail domains': 'acme.example' });
  const page = await visitor();
  const id = organization.id.slice(0, 8);
  const ben = { sub: `ben-${id}`, email: `ben-${id}@acme.example`, email_verified: true, name: 'Ben Okafor' };
  const refuse = async (account: typeof ben, words: string, text: string) => {
    await passProvider(page, button, account);
    await expectStatus(page, words);
    await expect(page.getByText(text)).toBeVisible();
    await forgetAtProvider(page);
  };
  await refuse({ ...ben, email_verified: false }, 'Your e-mail address is not verified.', 'Verify it there');
  await refuse(
    { ...ben, email: `ben-${id}@globex.example` },
    'Your e-mail address is not of an allowed domain.',
    `does not accept ben-${id}@globex.example`,
  );
  await expectAccessible(page);

  await test.step('the provider’s own words are quoted and do nothing', async () => {
    await page.getByRole('link', { name: button }).click();
    await page.getByLabel('Denied because').fill('<img src=x onerror=alert(1)> \u202Egpj');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectStatus(page, 'Acme SSO did not let you through.');
    await expect(page.getByText('<img src=x onerror=alert(1)> [U+202E]gpj')).toBeVisible();
    expect(await page.locator('main img').count()).toBe(0);
  });

  await test.step('an account that exists is not taken over; its owner connects it from within', async () => {
    const member = await addPerson('member');
    const asMember = { ...ben, sub: `member-${id}`, email: member.email };
    await refuse(asMember, `${member.email} has an account already.`, 'connect Acme SSO under Account');
    await page.getByLabel('E-mail address').fill(member.email);
    await page.getByLabel('Password', { exact: true }).fill(member.password);
    await press(page, 'Sign in');
    await expect(page).toHaveURL('/');
    await page.goto('/account');
    await passProvider(page, 'Connect Acme SSO', asMember);
    await expectStatus(page, 'Acme SSO is connected.');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await expect(page).toHaveURL('/login');

    const back = await visitor();
    await passProvider(back, button, asMember);
    await expect(back).toHaveURL('/');
    await back.goto('/account');
    await press(back, 'Disconnect Acme SSO');
    await expectStatus(back, 'Disconnected.');
    expect((await events('user.identity.')).map(({ action, outcome }) => [action, outcome])).toEqual([
      ['user.identity.link', 'success'],
      ['user.identity.unlink', 'success'],
    ]);
  });

  await test.step('a deactivated person stays outside', async () => {
    const first = await visitor();
    await passProvider(first, button, ben);
    await expect(first).toHaveURL('/');
    await query(`UPDATE app_user SET status = 'deactivated' WHERE email = $1`, [ben.email]);
    await first.goto('/account');
    await expect(first).toHaveURL(/\/login/);
    const again = await visitor();
    await passProvider(again, button, ben);
    await expectStatus(again, 'Your account is deactivated.');
  });

  expect((await events('user.login_failed')).map(({ metadata }) => metadata.reason)).toEqual([
    'email_not_verified',
    'domain_not_allowed',
    'provider_refused',
    'unknown_identity',
    'deactivated',
  ]);
});

test('what changes on the way counts: a method switched off, a newer tab, a link from elsewhere', async ({
  adminPage,
  visitor,
  events,
  organization,
  signInPage,
  query,
}) => {
  await connect(adminPage);
  const page = await visitor();
  const id = organization.id.slice(0, 8);
  const claims = JSON.stringify({ sub: `eve-${id}`, email: `eve-${id}@acme.example`, email_verified: true });
  await page.getByRole('link', { name: button }).click();
  await page.getByLabel('Claims').fill(claims);

  await test.step('the older of two tabs', async () => {
    const newer = await page.context().newPage();
    await newer.goto(signInPage);
    await newer.getByRole('link', { name: button }).click();
    await expect(newer.getByLabel('Claims')).toBeVisible();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL((url) => url.hostname === 'localhost');
    await expectStatus(page, 'Start again.');

    await page.close();
    await adminPage.goto(authentication);
    await adminPage.getByText('Disable OIDC sign-in…').click();
    await press(adminPage, 'Disable OIDC sign-in');
    await expectStatus(adminPage, 'OIDC sign-in is disabled.');

    await newer.getByLabel('Claims').fill(claims);
    await newer.getByRole('button', { name: 'Continue' }).click();
    await newer.waitForURL((url) => url.hostname === 'localhost');
    await expectStatus(newer, 'Acme SSO is switched off.');
    await expect(newer.getByRole('link', { name: button })).toHaveCount(0);
  });
  expect((await events('user.login_failed')).map(({ metadata }) => metadata.reason)).toEqual([
    'provider_refused',
    'method_disabled',
  ]);
  const people = await query('SELECT 1 FROM app_user WHERE organization_id = $1', [organization.id]);
  expect(people).toHaveLength(1);

  await test.step('nobody is sent off from another site, and other ids look like no ids', async () => {
    const [connection] = await query<{ id: string }>(
      'SELECT id FROM oidc_connection WHERE organization_id = $1',
      [organization.id],
    );
    const start = (provider: string, headers: Record<string, string>, purpose = 'sign-in') =>
      adminPage.request.get(`/api/auth/start?${new URLSearchParams({ provider, purpose })}`, {
        headers,
        maxRedirects: 0,
      });
    for (const site of ['cross-site', 'same-site', 'none']) {
      const answer = await start(`oidc-${connection?.id}`, { 'sec-fetch-site': site });
      expect(answer.headers().location, site).toMatch(/\/login$/);
      expect(answer.headers()['set-cookie'], site).toBeUndefined();
    }
    const own = { 'sec-fetch-site': 'same-origin' };
    for (const provider of ['oidc-00000000-0000-4000-8000-000000000000', 'oidc-%00', 'google', '__proto__']) {
      expect((await start(provider, own)).status(), provider).toBe(404);
      expect((await start(provider, own, 'test')).status(), provider).toBe(404);
    }
    const page404 = await adminPage.request.get('/login/no-such-organization', { maxRedirects: 0 });
    expect(page404.status()).toBe(404);
  });
});
