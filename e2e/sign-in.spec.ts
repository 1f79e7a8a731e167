import { createHash } from 'node:crypto';
import type { Page, Response } from '@playwright/test';
import { expect, type Person, refusal, sessionCookie, signIn, test } from '@/e2e/furnished';

test.describe.configure({ mode: 'parallel' });

const wrongWords = 'The e-mail address or the password is not right. Check both and try again.';

/** Fills in the form and sends it, wherever it leads. */
async function attempt(page: Page, email: string, password: string): Promise<Response> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Sign in' }).click();
  return answered;
}

const events = `SELECT action, outcome, actor_type, actor_id, actor_name, target_id, target_name, host(ip) AS ip,
  record::jsonb -> 'context' AS context, record::jsonb -> 'metadata' AS metadata
  FROM audit_event WHERE organization_id = $1 ORDER BY seq`;

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a wrong password, an unknown account and a deactivated one are told apart by nobody but the log', async ({
      page,
      query,
      organization,
      addPerson,
      extraHTTPHeaders,
      userAgent,
    }) => {
      const person = await addPerson('member');
      const deactivated = await addPerson('auditor');
      await query(`UPDATE app_user SET status = 'deactivated' WHERE id = $1`, [deactivated.id]);
      // Read on their way: the browser may have dropped a body by the time that a test asks for it.
      const answers: string[] = [];
      await page.route('**/login', async (route) => {
        if (route.request().method() !== 'POST') return route.fallback();
        const response = await route.fetch();
        answers.push(await response.text());
        await route.fulfill({ response });
      });
      await page.goto('/login');

      const tries = [
        [person.email, 'this is not it at all'],
        ['nobody@acme.example', person.password],
        [deactivated.email, deactivated.password],
      ] as const;
      for (const [email, password] of tries) {
        const response = await attempt(page, email, password);
        expect(response.status()).toBe(200);
        await expect(refusal(page)).toHaveText(new RegExp(`^One thing to put right\\s*${wrongWords}$`));
        await expect(page.getByLabel('E-mail address')).toHaveValue(email);
        await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
        expect(answers.pop()).not.toContain(password);
        expect(answers).toEqual([]);
        expect(await page.content()).not.toContain(password);
      }

      const ip = extraHTTPHeaders?.['x-forwarded-for'];
      const agent = userAgent ?? (await page.evaluate(() => navigator.userAgent));
      const context = expect.objectContaining({ ip, user_agent: agent, origin: 'console' });
      const failure = (target: Person, reason: string) =>
        expect.objectContaining({
          action: 'user.login_failed',
          outcome: 'failure',
          actor_type: 'anonymous',
          target_id: target.id,
          target_name: target.name,
          ip,
          context,
          metadata: { method: 'email', reason },
        });
      expect(await query(events, [organization.id])).toEqual([
        failure(person, 'wrong_password'),
        failure(deactivated, 'deactivated'),
      ]);
    });

    test('signing in and out is recorded with method, address and device, and leads back to the page asked for', async ({
      page,
      query,
      organization,
      admin,
      extraHTTPHeaders,
    }) => {
      await page.goto('/settings/audit-log?result=failure');
      await expect(page).toHaveURL('/login?next=%2Fsettings%2Faudit-log%3Fresult%3Dfailure');
      await expect(page).toHaveTitle('Sign in · Tracekeep');
      await attempt(page, admin.email.toUpperCase(), admin.password);
      await expect(page).toHaveURL('/settings/audit-log?result=failure');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await expect(page).toHaveURL('/login');

      const [session] = await query<{ id: string; method: string; revoked: boolean }>(
        'SELECT id, method, revoked_at IS NOT NULL AS revoked FROM session WHERE user_id = $1',
        [admin.id],
      );
      expect(session).toMatchObject({ method: 'email', revoked: true });
      const ip = extraHTTPHeaders?.['x-forwarded-for'];
      const context = {
        ip,
        user_agent: await page.evaluate(() => navigator.userAgent),
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        session_id: session?.id,
        origin: 'console',
      };
      const event = {
        outcome: 'success',
        actor_type: 'user',
        actor_id: admin.id,
        actor_name: admin.name,
        ip,
        context,
      };
      const target = { target_id: admin.id, target_name: admin.name };
      expect(await query(events, [organization.id])).toEqual([
        { action: 'user.login', ...event, ...target, metadata: { method: 'email' } },
        { action: 'user.logout', ...event, ...target, metadata: { scope: 'session', sessions_ended: 1 } },
      ]);
    });
  });
}

test('repeated failures make the next attempt wait, say for how long, and lock nobody else out', async ({
  page,
  browser,
  query,
  organization,
  admin,
}) => {
  await page.goto('/login');
  const throttled = refusal(page).getByText(/^Too many attempts\. Try again in \d+ (second|minute)s?\.$/);
  // Five failures are free. Each one after them doubles the wait, so a slow machine only needs a few more.
  let failures = 0;
  await expect(async () => {
    await attempt(page, admin.email, `wrong password ${failures++}`);
    await expect(throttled).toBeVisible({ timeout: 250 });
  }).toPass({ intervals: [0] });
  expect(failures).toBeGreaterThan(5);

  // Waiting is for the right password too: otherwise guesses would go on at full speed.
  // Said of this account's own key, and also when its last wait has just run out: a slow machine is that late.
  const account = createHash('sha256').update(admin.email).digest('base64url').slice(0, 22);
  const prolonged = await query(
    `UPDATE rate_limit SET blocked_till = now() + interval '90 seconds' WHERE key LIKE $1 || '/%' RETURNING key`,
    [`sign-in/pair/${account}`],
  );
  expect(prolonged).toHaveLength(1);
  await attempt(page, admin.email, admin.password);
  await expect(refusal(page)).toContainText('Too many attempts. Try again in 2 minutes.');
  await expect(page.getByLabel('E-mail address')).toHaveValue(admin.email);

  // From elsewhere the account is open: nobody can lock its owner out.
  const elsewhere = await browser.newContext({ extraHTTPHeaders: { 'x-forwarded-for': '198.19.7.7' } });
  await signIn(await elsewhere.newPage(), admin);
  await elsewhere.close();

  const reasons = await query<{ reason: string }>(
    `SELECT record::jsonb -> 'metadata' ->> 'reason' AS reason FROM audit_event
      WHERE organization_id = $1 AND action = 'user.login_failed' ORDER BY seq`,
    [organization.id],
  );
  expect(new Set(reasons.map(({ reason }) => reason))).toEqual(new Set(['wrong_password', 'throttled']));
  expect(reasons.filter(({ reason }) => reason === 'throttled')).toHaveLength(1);
});

test('signing out ends the session, so a copy of its cookie opens nothing', async ({
  adminPage,
  browser,
}) => {
  await adminPage.goto('/');
  const stolen = await adminPage.context().storageState();
  const thief = await browser.newContext({ storageState: stolen });
  const thiefPage = await thief.newPage();
  await thiefPage.goto('/account');
  await expect(thiefPage).toHaveURL('/account');

  await adminPage.getByRole('button', { name: 'Sign out' }).click();
  await expect(adminPage).toHaveURL('/login');
  await thiefPage.goto('/account');
  await expect(thiefPage).toHaveURL('/login?next=%2Faccount');
  await thief.close();
});

test('signing in ends the session that the browser had before, and gives it another cookie', async ({
  page,
  context,
  query,
  admin,
  addPerson,
}) => {
  await page.goto('/login');
  await signIn(await context.newPage(), admin);
  const first = await sessionCookie(context);

  const other = await addPerson('member');
  await attempt(page, other.email, other.password);
  await expect(page).toHaveURL('/');
  const second = await sessionCookie(context);
  expect(second.value).not.toBe(first.value);
  expect(second).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(
    await query('SELECT revoked_at IS NOT NULL AS revoked FROM session WHERE user_id = $1', [admin.id]),
  ).toEqual([{ revoked: true }]);
});

test('“Sign out everywhere” ends the sessions of other browsers at their next request', async ({
  adminPage,
  browser,
  admin,
  query,
}) => {
  const other = await browser.newContext();
  const otherPage = await other.newPage();
  await signIn(otherPage, admin);

  await adminPage.goto('/account');
  await expect(adminPage.getByRole('listitem').filter({ hasText: 'signed in' })).toHaveCount(2);
  await adminPage.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(adminPage).toHaveURL('/login');

  await otherPage.getByRole('link', { name: 'Audit Log', exact: true }).click();
  await expect(otherPage).toHaveURL('/login?next=%2Fsettings%2Faudit-log');
  expect(
    await query(
      `SELECT record::jsonb -> 'metadata' AS metadata FROM audit_event WHERE action = 'user.logout' AND actor_id = $1`,
      [admin.id],
    ),
  ).toEqual([{ metadata: { scope: 'everywhere', sessions_ended: 2 } }]);
  await other.close();
});

test('deactivation and a change of role hold at the next request', async ({ adminPage, query, admin }) => {
  await adminPage.goto('/settings/siem/splunk/new');
  await expect(adminPage.getByRole('heading', { level: 1 })).toHaveText('Add Splunk integration');

  await query(`UPDATE app_user SET role = 'member' WHERE id = $1`, [admin.id]);
  expect((await adminPage.reload())?.status()).toBe(403);
  await expect(adminPage.getByRole('heading', { level: 1 })).toHaveText('Your role does not include this');

  await query(`UPDATE app_user SET role = 'admin' WHERE id = $1`, [admin.id]);
  expect((await adminPage.reload())?.status()).toBe(200);

  // A form that is already open is no way in either.
  await query(`UPDATE app_user SET status = 'deactivated' WHERE id = $1`, [admin.id]);
  await adminPage.getByRole('button', { name: 'Add Integration' }).click();
  await expect(refusal(adminPage)).toContainText('You are signed out, so nothing was done.');
  await adminPage.reload();
  await expect(adminPage).toHaveURL('/login?next=%2Fsettings%2Fsiem%2Fsplunk%2Fnew');
});

test('?next= leads to pages of this site only', async ({ adminPage, browser, baseURL, addPerson }) => {
  const home = new URL('/', baseURL).href;
  const foreign = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/login?next=//evil.example',
    '/api/auth/csrf',
    '',
  ];
  for (const next of foreign) {
    const response = await adminPage.request.get('/login', { params: { next }, maxRedirects: 0 });
    expect(response.status(), next).toBe(307);
    expect(new URL(response.headers().location ?? '', baseURL).href, next).toBe(home);
  }

  // The form carries the path along; whoever changes it there gets no further.
  const member = await addPerson('member');
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto('/login?next=%2F%2Fevil.example');
  await page.locator('input[name=next]').evaluate((input: HTMLInputElement) => {
    input.value = '//evil.example/';
  });
  await attempt(page, member.email, member.password);
  await expect(page).toHaveURL('/');
  await context.close();
});
