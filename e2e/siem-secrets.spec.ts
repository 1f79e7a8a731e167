import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { tablesThatHold } from '@/e2e/canaries';
import { card, expect, expectStatus, failToSignIn, fill, press, refusal, test } from '@/e2e/siem';
import { sharedStack } from '@/e2e/stack';

/** Everything that a browser was told: answers with their headers, addresses, and what its console shows. */
async function overhear(context: BrowserContext): Promise<() => Promise<string>> {
  const heard: string[] = [];
  context.on('console', (message) => heard.push(message.text()));
  // Fetched here and handed on: the browser itself gives no body of a redirect, or of a page that was left.
  await context.route('**/*', async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    heard.push(route.request().url(), JSON.stringify(response.headers()), await response.text());
    await route.fulfill({ response });
  });
  return async () => {
    await context.unrouteAll({ behavior: 'wait' });
    return heard.join('\n');
  };
}

/** What the browser keeps when the page is closed. */
async function kept(page: Page): Promise<string> {
  const storage = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  return storage + JSON.stringify(await page.context().cookies());
}

test('a HEC token goes in and never comes out: not to the browser, the database, the log or the audit log', async ({
  adminPage: page,
  browser,
  admin,
  simulator,
  typed,
  log,
  query,
  organization,
}) => {
  const { hecToken } = typed;
  const heardOnThePage = await overhear(page.context());

  await test.step('a receiver that echoes the token, a failed test, a passed one, a saved integration', async () => {
    await page.goto('/settings/siem/splunk/new');
    await fill(page, { ...typed, name: 'Prod Splunk' });
    simulator.answerNext({ status: 403, body: { text: `Invalid token ${hecToken}`, code: 4 } });
    await press(page, 'Test Connection');
    await expect(refusal(page)).toContainText('Splunk does not know this token');
    simulator.answerNext({
      status: 302,
      headers: { Location: `https://${hecToken}.acme.example/?token=${hecToken}` },
    });
    await press(page, 'Test Connection');
    await expect(refusal(page)).toContainText('The address redirects to another page');
    await press(page, 'Test Connection');
    await expectStatus(page, 'Connected.');
    await press(page, 'Add Integration');
    await expectStatus(page, 'Splunk integration added: Prod Splunk.');
  });

  await test.step('a delivery that fails with an echo is shown on the card', async () => {
    await expect.poll(() => simulator.events({ text: 'siem.integration.create' })).toHaveLength(1);
    simulator.answerNext({ status: 403, body: { text: `Invalid token ${hecToken}`, code: 4 } });
    await failToSignIn(browser, admin);
    await expect.poll(() => simulator.events({ text: 'user.login_failed' })).toHaveLength(1);
  });

  await test.step('every page, as HTML and as the payload of the router', async () => {
    const [integration] = await query<{ id: string }>(
      'SELECT id FROM siem_integration WHERE organization_id = $1',
      [organization.id],
    );
    const events = await log();
    const paths = [
      '/',
      '/settings/siem',
      '/settings/siem/splunk/new',
      ...['', '/edit', '/token', '/delete'].map((end) => `/settings/siem/splunk/${integration?.id}${end}`),
      '/settings/audit-log',
      ...events.map(({ id }) => `/settings/audit-log/${id}`),
    ];
    for (const path of paths) {
      for (const headers of [{}, { RSC: '1' }]) {
        const response = await page.request.get(path, { headers });
        expect(response.status(), path).toBe(200);
        expect((await response.text()).includes(hecToken), path).toBe(false);
      }
    }
    expect(events.map(({ record }) => record).join()).not.toContain(hecToken);
  });

  await page.goto('/settings/siem');
  await expect(card(page, 'Prod Splunk')).toContainText(`token ••••${hecToken.slice(-4)}`);
  const heard = await heardOnThePage();
  // That the ears are open. A failure need not print all that was heard.
  expect(heard.includes('Splunk does not know this token')).toBe(true);
  expect(heard.includes(hecToken)).toBe(false);
  expect(await kept(page)).not.toContain(hecToken);

  expect(await tablesThatHold(query, hecToken)).toEqual([]);
  // That the search finds what is there.
  expect(await tablesThatHold(query, organization.slug)).toEqual(['audit_event', 'organization']);
  expect((await readFile(sharedStack().logFile, 'utf8')).includes(hecToken)).toBe(false);
});
