import type { Page } from '@playwright/test';
import { chooseTheme, expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import type { Query } from '@/e2e/database';
import { hidden } from '@/e2e/furnished';
import {
  addIntegration,
  card,
  expect,
  expectInSplunk,
  expectStatus,
  failToSignIn,
  figure,
  test,
} from '@/e2e/siem';
import { sharedStack } from '@/e2e/stack';

test.describe.configure({ mode: 'parallel' });

const banner = (page: Page) => page.getByRole('region', { name: 'Delivery has stopped' });
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const integrationPage = (id: string | undefined) => `/settings/siem/splunk/${id}`;

test('a stream that Splunk refuses says why and what to do on every settings page, and goes on at once when it is told to', async ({
  adminPage: page,
  browser,
  admin,
  simulator,
  typed,
  query,
  organization,
  log,
}) => {
  const { token } = simulator;
  await addIntegration(page, { ...typed, name: 'Prod Splunk' });
  await expectInSplunk(simulator, async () => (await log()).slice(-1));
  const [{ id } = { id: '' }] = await query<{ id: string }>(
    'SELECT id FROM siem_integration WHERE organization_id = $1',
    [organization.id],
  );
  simulator.setToken({ value: token, allowedIndexes: ['main'] });
  await failToSignIn(browser, admin);
  await expect
    .poll(() => query('SELECT state FROM siem_stream WHERE integration_id = $1', [id]))
    .toEqual([{ state: 'blocked' }]);

  await test.step('a banner above every settings page leads to the integration', async () => {
    for (const path of ['audit-log', 'siem', 'members', 'authentication', 'api-keys']) {
      await page.goto(`/settings/${path}`);
      await expect(banner(page)).toContainText('Sending to Prod Splunk has been stopped since');
      await expect(banner(page)).toContainText('The token may not write to index "audit". Add the index');
    }
    await page.goto('/');
    await expect(title(page, 'Overview')).toBeVisible();
    await expect(banner(page)).toHaveCount(0);
    await page.goto('/settings/audit-log');
    await banner(page).getByRole('link', { name: 'Open Prod Splunk', exact: true }).click();
    await expect(title(page, 'Prod Splunk')).toBeVisible();
  });

  const state = region(page, 'State');
  await test.step('the page says what waits, what failed, and that nothing is lost', async () => {
    await expect(state).toContainText('Stopped');
    await expect(state).toContainText('2 events are waiting. Nothing is lost');
    await expect(state).toContainText('index_not_allowed · HTTP 400 · HEC code 7');
    await expect(figure(state, 'Events waiting')).toHaveText('2');
    await expect(figure(state, 'Oldest waiting')).toHaveText(/^\d+ (s|min)$/);
    await expect(region(page, 'Last 24 hours')).toContainText(/1 event delivered.* 1 attempt failed\./);
    const attempts = region(page, 'Recent attempts');
    await expect(attempts.getByRole('row')).toHaveCount(3);
    await attempts.getByRole('link', { name: 'Failed', exact: true }).click();
    await expect(page).toHaveURL(/attempts=failed/);
    await expect(attempts.getByRole('row')).toHaveCount(2);
    await expect(attempts).toContainText('The token may not write to index "audit"');
  });

  await test.step('retry now, while it is still broken and when it is mended', async () => {
    const failures = () =>
      query<{ count: number }>('SELECT count(*)::int FROM siem_failure WHERE integration_id = $1', [id]);
    await state.getByRole('button', { name: 'Retry now' }).click();
    await expectStatus(page, 'It is being tried now.');
    await expect.poll(failures).toEqual([{ count: 2 }]);
    simulator.setToken({ value: token, allowedIndexes: ['audit'] });
    await state.getByRole('button', { name: 'Retry now' }).click();
    await expectInSplunk(simulator, async () => (await log()).slice(2));
    await page.goto(integrationPage(id));
    await expect(state).toContainText('All events are delivered. Healthy since');
    await expect(banner(page)).toHaveCount(0);
    await figure(state, 'Last delivered').getByRole('link').click();
    await expect(page).toHaveURL(/\/settings\/audit-log\//);
    await expect(page.getByRole('main')).toContainText('siem.integration.recovered');
    await expect(page.getByRole('main')).toContainText('(attempt 1)');
  });
});

/** An event of each standing, a failed attempt that names the host, and an alarm of the reconciler. */
async function addTrouble(query: Query, id: string): Promise<void> {
  await query(`UPDATE siem_stream SET cursor = cursor - 3, unaccounted = $2 WHERE integration_id = $1`, [
    id,
    JSON.stringify({
      ...{ kind: 'skipped', firstSeq: '4', lastSeq: '6', events: '3' },
      foundAt: '2026-11-24T09:00:00.000Z',
    }),
  ]);
  await query('UPDATE siem_integration SET heartbeat_minutes = 90 WHERE id = $1', [id]);
  await query('UPDATE siem_receipt SET last_seq = 1, events = 1 WHERE integration_id = $1', [id]);
  await query(
    `INSERT INTO siem_parked (integration_id, seq, http_status, hec_code, reason) VALUES ($1, 2, 400, 12, 'Too odd')`,
    [id],
  );
  await query(
    `INSERT INTO siem_failure (integration_id, events, latency_ms, cause, at)
     SELECT $1, 3, 12, '{"id":"connection_refused","networkCode":"ECONNREFUSED"}', now() - n * interval '1 minute'
       FROM generate_series(1, 25) AS n`,
    [id],
  );
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('the page of a stream in trouble is complete, fits, and is readable in both themes', async ({
      adminPage: page,
      addEvents,
      addIntegration: insertIntegration,
      query,
    }) => {
      await addEvents(...Array.from({ length: 12 }, () => ({})));
      const id = await insertIntegration('degraded', 'Prod Splunk');
      await addTrouble(query, id);
      await page.goto(integrationPage(id));
      const state = region(page, 'State');
      await expect(state).toContainText('splunk.hidden.example refused the connection on port 8088');
      await expect(state).toContainText('The events do not add up: 3 events of No. 4 to 6');
      await expect(state.getByRole('link', { name: 'Parked events', exact: true })).toHaveAttribute(
        'href',
        `${integrationPage(id)}/parked`,
      );
      await expect(state.getByRole('link', { name: 'Replays', exact: true })).toHaveAttribute(
        'href',
        `${integrationPage(id)}/replay`,
      );
      await expect(page.getByText('Admins get a mail within a minute when sending stops')).toBeVisible();
      await expect(
        page.getByText('After 90 minutes without an event a siem.heartbeat is recorded'),
      ).toBeVisible();

      const attempts = region(page, 'Recent attempts');
      const hours = region(page, 'Last 24 hours');
      await expect(hours).toContainText('25 attempts failed.');
      await hours.getByText('The same as a table').click();
      await expect(hours.getByRole('row')).toHaveCount(25);
      for (const theme of ['light', 'dark'] as const) {
        await chooseTheme(page, theme, sharedStack().url);
        await page.goto(integrationPage(id));
        await expectToFitNarrowScreen(page);
        if (javaScriptEnabled) await expectAccessible(page);
      }
      await attempts.getByRole('link', { name: 'Failed', exact: true }).click();
      await expect(attempts.getByRole('link', { name: 'Failed', exact: true })).toHaveAttribute(
        'aria-current',
        'page',
      );
      await expect(attempts.getByRole('row')).toHaveCount(21);
      // A page that has just loaded moves to #attempts, and what is pressed meanwhile has moved away.
      await page.waitForLoadState();
      await attempts.getByRole('link', { name: 'Older' }).click();
      await expect(attempts.getByRole('row')).toHaveCount(6);
      await expect(attempts.getByRole('link', { name: 'Newest' })).toBeVisible();
    });
  });
}

test('an auditor reads state, cause and attempts without host, index and token, and gets no button and no banner', async ({
  openAs,
  addEvents,
  addIntegration: insertIntegration,
  query,
}) => {
  const events = await addEvents({}, {}, {}, {}, {}, {});
  const blocked = await insertIntegration('blocked', 'Lab Splunk');
  const degraded = await insertIntegration('degraded', 'Prod Splunk');
  await addTrouble(query, degraded);
  const page = await openAs('auditor');
  for (const path of ['/settings/siem', integrationPage(blocked), integrationPage(degraded)]) {
    const html = (await (await page.goto(path))?.text()) ?? '';
    expect([hidden.host, hidden.last4, 'index audit'].filter((secret) => html.includes(secret))).toEqual([]);
    await expect(banner(page)).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Retry now' })).toHaveCount(0);
  }
  await expect(region(page, 'State')).toContainText('The Splunk server refused the connection');
  await expect(region(page, 'Recent attempts')).toContainText('The Splunk server refused the connection');
  await page.goto('/settings/siem');
  await expect(card(page, 'Lab Splunk')).toContainText('Splunk does not know this token');

  const delivery = async (at: number) => {
    await page.goto(`/settings/audit-log/${events[at]?.id}`);
    return page.getByRole('main').locator('dl', { hasText: 'Prod Splunk' }).last();
  };
  await expect(await delivery(1)).toContainText('because Splunk refused it: Too odd');
  await expect(await delivery(5)).toContainText('waiting, sending is delayed; 2 events before it');
  await expect(await delivery(2)).toContainText('passed over: nothing proves that Splunk has it');
});
