import type { Page } from '@playwright/test';
import { expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import { expect, test as shared } from '@/e2e/siem';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

// The page of the simulator itself: a product of its own, for people with no Splunk at hand.

shared.describe.configure({ mode: 'parallel' });

const test = shared.extend<{ simulator: Simulator }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  simulator: async ({}, use) => {
    const simulator = await startSimulator({ port: 0, tls: 'private-ca' });
    // No list of allowed indexes, so that an event can be lost.
    simulator.setToken({ value: simulator.token, allowedIndexes: [] });
    await use(simulator);
    await simulator.close();
  },
});

function send(simulator: Simulator, ...envelopes: readonly unknown[]) {
  return rawRequest(`${simulator.url}/services/collector`, {
    headers: { Authorization: `Splunk ${simulator.token}` },
    body: envelopes.map((envelope) => JSON.stringify(envelope)).join(''),
    ca: simulator.authority,
  });
}

const pageOf = (simulator: Simulator) => `http://127.0.0.1:${simulator.port}/`;
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('buttons put a fault in force and end it, and the page says which one is active', async ({
      page,
      simulator,
    }) => {
      await page.goto(pageOf(simulator));
      await expect(heading(page, 'No fault is active')).toBeVisible();
      await page.getByText('Rehearse a fault').click();
      await page.getByRole('button', { name: /^Busy/ }).click();
      await expect(heading(page, 'A fault is active')).toBeVisible();
      await expect(page).toHaveTitle('Fault active: Splunk simulator');
      await expect(page.getByRole('button', { name: /^Busy Active/ })).toBeVisible();
      expect((await send(simulator, { event: 1 })).status).toBe(503);

      await page.getByLabel('For').selectOption('the next request');
      await page.getByRole('button', { name: /^Wrong index/ }).click();
      await expect(heading(page, '2 faults are active')).toBeVisible();
      expect((await send(simulator, { event: 1 })).text).toContain('"code":7');
      expect((await send(simulator, { event: 1 })).status).toBe(503);

      await page.reload();
      await page.getByRole('button', { name: 'Clear Busy' }).click();
      await expect(heading(page, 'No fault is active')).toBeVisible();
      expect((await send(simulator, { event: 1 })).status).toBe(200);
      await page.getByRole('link', { name: 'Refresh' }).click();
      await page.getByRole('button', { name: 'Forget all' }).click();
      await expect(page.getByText('Events appear here as soon as Splunk accepts them.')).toBeVisible();
      expect(simulator.events()).toEqual([]);
    });
  });
}

test('the page keeps itself current, and leaves alone what is being typed, chosen or read', async ({
  page,
  simulator,
}) => {
  await page.goto(pageOf(simulator));
  await page.getByText('Rehearse a fault').click();
  await page.getByLabel('For').selectOption('the next 10 requests');
  await page.getByLabel('Text').fill('half typed');
  const id = simulator.inject({ kind: 'warn' });
  await send(simulator, { event: { action: 'user.login' } });
  await expect(page.getByText('user.login', { exact: true })).toBeVisible();
  await expect(heading(page, 'A fault is active')).toBeVisible();
  simulator.heal(id);
  await expect(heading(page, 'No fault is active')).toBeVisible();
  await expect(page).toHaveTitle('Splunk simulator');
  await expect(page.getByLabel('For')).toHaveValue('10');
  await expect(page.getByLabel('Text')).toHaveValue('half typed');
  await expect(page.getByLabel('Text')).toBeFocused();
  await expect(page.getByRole('button', { name: /^Busy/ })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('axe finds nothing, empty or full, and nothing scrolls sideways at 320 px', async ({
      page,
      simulator,
    }) => {
      await page.goto(pageOf(simulator));
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expectAccessible(page);
      await send(
        simulator,
        { event: { action: 'user.login', event_id: '0199a1b2-6c1e-7c9d-8d11-3a5a9f0d1c22' } },
        { event: { action: 'x'.repeat(300) }, index: 'nowhere' },
      );
      await page.goto(pageOf(simulator));
      await page.getByText('Rehearse a fault').click();
      await page.getByRole('button', { name: /^Flaky/ }).click();
      await page.locator('#event-1 summary').click();
      await page.locator('#request-1 summary').click();
      await expect(page.getByText('{"text":"Success","code":0}')).toBeVisible();
      await expectAccessible(page);
      await expectToFitNarrowScreen(page);
      await expectAccessible(page);
    });
  });
}
