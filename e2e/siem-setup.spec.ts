import type { ServerResponse } from 'node:http';
import type { Page } from '@playwright/test';
import { delivered, expect, expectStatus, fill, press, refusal, test } from '@/e2e/siem';

test.describe.configure({ mode: 'parallel' });

const result = (page: Page) => page.getByRole('region', { name: 'Test result' });
const step = (page: Page, name: string) => result(page).getByRole('listitem').filter({ hasText: name });

test('a test tells each step as it ends, before the answer of Splunk is there', async ({
  adminPage: page,
  typed,
  serve,
}) => {
  let answer: ServerResponse | undefined;
  const hecUrl = await serve((_, response) => {
    answer = response;
  });
  await page.goto('/settings/siem/splunk/new');
  await fill(page, { ...typed, hecUrl });
  await press(page, 'Test Connection');
  await expect(step(page, 'TCP')).toContainText('passed: connected after');
  await expect(step(page, 'HEC')).toContainText('under way');
  await expect(step(page, 'Token')).toContainText('to come');
  await expect(result(page).getByRole('status')).toHaveText('Testing…');
  await expect.poll(() => answer).toBeDefined();
  answer?.writeHead(403, { 'Content-Type': 'application/json' }).end('{"text":"Invalid token","code":4}');
  await expect(step(page, 'Token')).toContainText('failed: refused: code 4, Invalid token');
  await expect(step(page, 'Index')).toContainText('skipped: not reached');
  await expect(refusal(page)).toBeFocused();
  await expect(result(page).getByRole('region', { name: 'Splunk search' })).toHaveText(
    'index=_internal sourcetype=splunkd component=HttpInputDataHandler',
  );
  await result(page).getByText('What was sent', { exact: true }).click();
  const request = result(page).getByRole('region', { name: 'Request' });
  await expect(request).toContainText(`POST ${hecUrl}/services/collector/event`);
  await expect(request).toContainText('Authorization: Splunk ••••');
  await expect(request).toContainText('"action":"siem.test_connection"');
  expect(await page.content()).not.toContain(typed.hecToken);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('where the stream begins says how many events that is, and so many are sent', async ({
      adminPage: page,
      simulator,
      typed,
      actions,
      query,
      organization,
    }) => {
      await page.goto('/settings/siem/splunk/new');
      await fill(page, typed);
      await page.getByText('Advanced settings', { exact: true }).click();
      await expect(page.getByRole('radio', { name: 'From now on' })).toBeChecked();
      await expect(page.getByRole('radio', { name: 'Everything in the log' })).toHaveAccessibleDescription(
        /^1 event since \d+ \w+ \d+$/,
      );
      await page.getByRole('radio', { name: 'From a day on' }).check();
      await page.getByRole('textbox', { name: 'Heartbeat' }).fill('soon');
      await press(page, 'Test Connection');
      await expect(refusal(page).getByRole('link')).toHaveText([
        'The heartbeat must be from 1 minute to 7 days',
        'Choose the day to start from',
      ]);
      expect(simulator.journal()).toEqual([]);

      await page.getByLabel('First day').fill(new Date().toISOString().slice(0, 10));
      if (javaScriptEnabled) await expect(page.getByText('1 event since then.')).toBeVisible();
      await page.getByRole('textbox', { name: 'Heartbeat' }).fill('60');
      await press(page, 'Test Connection');
      await expect(result(page)).toContainText('Connected. Splunk accepted a test event');
      await expect(page.getByText('1 event since then.')).toBeVisible();
      await press(page, 'Add Integration');
      await expectStatus(page, 'Splunk integration added');
      await expect
        .poll(() => delivered(simulator).map(({ fields }) => fields?.action))
        .toEqual(await actions());
      expect(await actions()).toEqual(['user.login', 'siem.test_connection', 'siem.integration.create']);
      const rows = await query<{ id: string; minutes: number }>(
        'SELECT id, heartbeat_minutes AS minutes FROM siem_integration WHERE organization_id = $1',
        [organization.id],
      );
      expect(rows[0]?.minutes).toBe(60);

      // Later, from the integration's own page, with what is stored.
      await page.goto(`/settings/siem/splunk/${rows[0]?.id}`);
      await page.getByRole('link', { name: 'Test connection', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Test Splunk' })).toBeVisible();
      simulator.disableToken(typed.hecToken);
      await press(page, 'Send test event');
      await expect(step(page, 'Token')).toContainText('refused: code 1, Token disabled');
      await expect(result(page)).toContainText('This token is disabled in Splunk');
      simulator.enableToken(typed.hecToken);
      await press(page, 'Send test event');
      await expect(result(page)).toContainText('Connected. Splunk accepted a test event');
    });
  });
}
