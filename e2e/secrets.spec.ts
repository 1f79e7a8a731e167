import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { APIResponse } from '@playwright/test';
import { z } from 'zod';
import { sessionTokenIn, tablesThatHold, whileWritesFail } from '@/e2e/canaries';
import { sessionCookie } from '@/e2e/furnished';
import { callAction } from '@/e2e/matrix/call-action';
import { builtActions } from '@/e2e/matrix/entry-points';
import { linkIn, mailsTo } from '@/e2e/members';
import { expect, test } from '@/e2e/siem';
import { sharedStack } from '@/e2e/stack';
import { startIdentityProvider } from '@/test/identity-provider';

const console = 'app/(console)';
const settings = `${console}/settings`;

const mailSchema = z.object({ to: z.array(z.string()), raw: z.string() });

/** Every mail that the application has sent, its lines as they were before the transport broke them. */
async function allMails() {
  const { mailDirectory } = sharedStack();
  const files = await readdir(mailDirectory);
  const mails = files
    .filter((file) => file.endsWith('.json'))
    .map(async (file) => {
      const { to, raw } = mailSchema.parse(
        JSON.parse(await readFile(path.join(mailDirectory, file), 'utf8')),
      );
      return { to, raw: raw.replace(/=\r?\n/g, '') };
    });
  return Promise.all(mails);
}

test('no secret comes out anywhere but at the one place meant for it, whatever succeeds, is refused or fails', async ({
  adminPage: page,
  admin,
  organization,
  query,
  simulator,
  typed,
  log,
}) => {
  const { request } = page;
  const run = randomUUID().slice(0, 8);
  const secretOf = (what: string) => `${what}-${run}-${randomUUID()}`;
  const secrets: Record<string, string> = {
    'HEC token': typed.hecToken,
    'HEC token that Splunk does not know': randomUUID(),
    'client secret': secretOf('client'),
    'client secret that is too long': secretOf('long').padEnd(600, 'x'),
    'current password': admin.password,
    'wrong password': secretOf('wrong'),
    'new password': secretOf('new'),
    'password of the invited': secretOf('invited'),
    'set-up code': /Set-up code: (\S+)/.exec(await readFile(sharedStack().logFile, 'utf8'))?.[1] ?? '',
  };
  const given = (what: string) => secrets[what] ?? '';
  const heard: string[] = [];
  const hear = async (response: APIResponse) => {
    const { 'set-cookie': _, ...headers } = response.headers();
    heard.push(JSON.stringify(headers), await response.text());
    return response;
  };
  const actions = builtActions();
  const send = async (action: string, at: string, fields: Record<string, string>) => {
    const known = actions.get(action);
    if (!known) throw new Error(`the build has no ${action}`);
    return callAction(request, known, at, fields);
  };
  const keepSession = async (what: string) => {
    const { value } = await sessionCookie(page.context());
    secrets[`${what}: cookie`] = value;
    secrets[`${what}: token`] = await sessionTokenIn(value);
  };
  await keepSession('first session');

  const siem = `${settings}/siem/actions.ts addIntegrationAction`;
  const add = (hecToken: string, intent: string) =>
    send(siem, '/settings/siem/splunk/new', { ...typed, name: 'Prod', hecToken, intent });
  const oidcPage = '/settings/authentication/oidc';
  const provider = await startIdentityProvider();
  const saveOidc = (clientSecret: string, version?: string) =>
    send(`${settings}/authentication/actions.ts saveOidcAction`, oidcPage, {
      intent: 'save',
      name: 'Acme Login',
      issuer: provider.issuer,
      clientId: 'tracekeep',
      clientSecret,
      scopes: 'openid email',
      domains: '',
      role: 'member',
      ...(version && { version }),
    });
  const changePassword = (currentPassword: string) =>
    send(`${console}/account/actions.ts updatePasswordAction`, '/account', {
      currentPassword,
      newPassword: given('new password'),
    });
  const createKey = (name = 'ci') =>
    send(`${settings}/api-keys/actions.ts createKeyAction`, '/settings/api-keys/new', {
      name,
      expires: '7',
      'audit_log:read': 'on',
    });

  await test.step('the database fails', async () => {
    await whileWritesFail(organization.id, async () => {
      for (const sent of [
        () => add(typed.hecToken, 'save'),
        () => saveOidc(given('client secret')),
        () => changePassword(admin.password),
        () => createKey(),
      ])
        expect(await (await hear(await sent())).text()).toContain('because of a fault in Tracekeep');
    });
  });

  await test.step('what is wrong is refused', async () => {
    simulator.answerNext({ status: 403, body: { text: `Invalid token ${typed.hecToken}`, code: 4 } });
    await hear(await add(typed.hecToken, 'test'));
    await hear(await add(given('HEC token that Splunk does not know'), 'save'));
    await hear(await saveOidc(given('client secret that is too long')));
    await hear(await changePassword(given('wrong password')));
    const signIn = 'app/(auth)/login/actions.ts signInAction';
    await hear(await send(signIn, '/login', { email: admin.email, password: given('wrong password') }));
    const callback = { email: admin.email, password: given('wrong password') };
    await hear(await request.post('/api/auth/callback/password', { form: callback, maxRedirects: 0 }));
    // Its answer is not listened to: the form keeps the code that was typed into it.
    await send('app/(auth)/setup/actions.ts setupAction', '/login', {
      code: given('set-up code'),
      organization: 'Second',
      name: 'Second',
      email: 'second@acme.example',
      password: given('wrong password'),
    });
  });

  await test.step('what is right is done', async () => {
    await hear(await add(typed.hecToken, 'save'));
    await hear(await saveOidc(given('client secret')));
    await hear(await changePassword(admin.password));
    await keepSession('session after the change of password');
  });

  await test.step('Splunk refuses an event, and repeats the token in its words', async () => {
    const text = `Event field is required, ${typed.hecToken}`;
    simulator.answerNext({ status: 400, body: { text, code: 12, 'invalid-event-number': 0 } });
    await createKey('another');
    const parkedAt = () =>
      query<{ id: string; seq: string }>(
        `SELECT integration_id AS id, seq FROM siem_parked JOIN siem_integration i ON i.id = integration_id
          WHERE organization_id = $1`,
        [organization.id],
      );
    await expect.poll(parkedAt, { timeout: 15_000 }).toHaveLength(1);
    const [{ id, seq } = { id: '', seq: '' }] = await parkedAt();
    const pages = `/settings/siem/splunk/${id}`;
    for (const page of ['parked', 'parked/retry', `parked/${seq}/dismiss`, 'replay']) {
      const response = await hear(await request.get(`${pages}/${page}`));
      expect(response.status()).toBe(200);
    }
    expect(heard.join()).toContain('Event field is required');
  });

  await test.step('an identity provider refuses the client secret', async () => {
    const [connection] = await query<{ id: string }>(
      'SELECT id FROM oidc_connection WHERE organization_id = $1',
      [organization.id],
    );
    const start = `/api/auth/start?provider=oidc-${connection?.id}&purpose=test`;
    const response = await request.get(start, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect(response.status()).toBe(200);
    await hear(response);
    expect(provider.journal).toContain('/token');
    await provider.close();
  });

  await test.step('a key is shown once, and then used well and badly', async () => {
    const key = /tk_\w{60}/.exec(await (await createKey()).text())?.[0] ?? '';
    expect(key).not.toBe('');
    secrets['API key'] = key;
    secrets['secret of the API key'] = key.slice(14, -6);
    const events = '/api/v1/audit-events';
    const authorize = (text: string) => ({ headers: { authorization: `Bearer ${text}` } });
    expect((await hear(await request.get(events, authorize(key)))).status()).toBe(200);
    for (const bad of [key.slice(0, -1), `${key}0`, key.replace('tk_', 'sk_'), `${key.slice(0, -6)}000000`])
      expect((await hear(await request.get(events, authorize(bad)))).status()).toBe(401);
    expect((await hear(await request.get(`${events}?key=${key}`))).status()).toBe(401);
    expect((await hear(await request.get(`${events}/${key}`, authorize(key)))).status()).toBe(400);
  });

  const guest = `guest-${run}@partner.example`;
  await test.step('an invitation is mailed, and accepted at the second try', async () => {
    const invite = `${settings}/members/invitations/actions.ts inviteAction`;
    await hear(
      await send(invite, '/settings/members/invite', { addresses: guest, role: 'member', note: 'Hello' }),
    );
    const [mail] = await mailsTo(guest);
    if (!mail) throw new Error('no mail');
    const token = new URL(linkIn(mail)).pathname.split('/').at(-1) ?? '';
    secrets['token of the invitation'] = token;
    const accept = 'app/(auth)/invite/[token]/actions.ts acceptInvitationAction';
    // Signed in as somebody else: refused.
    const fields = { token, name: 'Guest', password: given('password of the invited') };
    expect(await (await send(accept, `/invite/${token}`, fields)).text()).toContain('You are signed in');
    const accepting = actions.get(accept);
    const stranger = await page.context().browser()?.newContext();
    if (!accepting || !stranger) throw new Error('nobody could accept');
    await callAction(stranger.request, accepting, `/invite/${token}`, { ...fields, password: 'short' });
    await callAction(stranger.request, accepting, `/invite/${token}`, fields);
    secrets['session of the invited: cookie'] = (await sessionCookie(stranger)).value;
    await stranger.close();
  });

  await test.step('every page that links lead to, as HTML and as the payload of the router', async () => {
    const paths = new Set(['/']);
    const seen = new Set<string>();
    for (const path of paths) {
      const [pathname = ''] = path.split('?');
      // One of each: with its filters the log has addresses without end.
      if (seen.has(pathname) || pathname.startsWith('/_next')) continue;
      seen.add(pathname);
      const html = await (await hear(await request.get(path))).text();
      await hear(await request.get(path, { headers: { rsc: '1' } }));
      for (const [, href = ''] of html.matchAll(/<a [^>]*href="(\/[^"#]*)"/g))
        paths.add(href.replaceAll('&amp;', '&'));
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        '/account',
        '/settings/siem',
        oidcPage,
        '/settings/api-keys',
        '/settings/members',
      ]),
    );
    expect(heard.join()).toContain('Acme Login');
  });

  const recorded = (await log()).map(({ record }) => record).join();
  await expect.poll(() => simulator.events({ text: 'organization.invitation.accept' })).toHaveLength(1);
  const mails = await allMails();
  const textOf = (toGuest: boolean) =>
    mails
      .filter(({ to }) => to.includes(guest) === toGuest)
      .map(({ raw }) => raw)
      .join('\n');
  const places: Record<string, string> = {
    'answers to the browser': heard.join('\n'),
    'application log': await readFile(sharedStack().logFile, 'utf8'),
    'audit records': recorded,
    Splunk: JSON.stringify(simulator.events()),
    'the mail to the invited': textOf(true),
    'mails to others': textOf(false),
  };
  // What is meant to be: the console shows the set-up code, and a mail has the link.
  const meant = ['set-up code in application log', 'token of the invitation in the mail to the invited'];
  const found: string[] = [];
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret.length, what).toBeGreaterThan(10);
    for (const [place, text] of Object.entries(places))
      if (text.includes(secret)) found.push(`${what} in ${place}`);
    for (const table of await tablesThatHold(query, secret)) found.push(`${what} in table ${table}`);
  }
  expect(found.sort()).toEqual(meant);
});
