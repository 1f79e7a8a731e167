import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '@/bin/settings';
import { ben, log, rows, scan } from '@/e2e/audit-log';
import { expect, refusal, test } from '@/e2e/furnished';
import { readCsv } from '@/lib/audit-export/testing/read-csv';

/** Presses a button and waits for the file that it answers with. */
async function download(page: Page, button: string): Promise<{ name: string; file: string; text: string }> {
  const arriving = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  const arrived = await arriving;
  expect(await arrived.failure()).toBeNull();
  const file = await arrived.path();
  return { name: arrived.suggestedFilename(), file, text: await readFile(file, 'utf8') };
}

const exportPage = (page: Page) =>
  page.getByRole('heading', { level: 1, name: 'Export events', exact: true });

/** A spreadsheet would make a formula of the name. */
const mallory = { type: 'user' as const, id: 'm', name: '=HYPERLINK("https://evil.example","OK")' };

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('exactly what is filtered becomes a file, which verifies offline, and the log tells of it', async ({
      adminPage: page,
      addEvents,
      organization,
      query,
    }) => {
      // More than a page of the table, and more than is read from the database at a time.
      const added = await addEvents(
        ...Array.from({ length: 300 }, (_, n) => ({
          targets: scan(n % 3 === 0 ? 'other' : 'wanted'),
          ...(n === 1 && { actor: mallory }),
        })),
      );
      const wanted = added.filter((_, n) => n % 3 !== 0);

      await page.goto(`${log}?target=wanted&action=scan.*`);
      await page.getByRole('link', { name: 'Export', exact: true }).click();
      await expect(exportPage(page)).toBeVisible();
      const main = page.getByRole('main');
      await expect(main.getByRole('heading', { level: 2, name: '200 events match' })).toBeVisible();
      await expect(main).toContainText('One file holds at most 1,000,000.');
      await expect(main.getByRole('list', { name: 'Filters' }).getByRole('listitem')).toHaveText([
        'Action: scan.*',
        'Target: wanted',
      ]);

      const csv = await download(page, 'Download CSV');
      expect(csv.name).toMatch(
        new RegExp(`^audit-log_${organization.slug}_\\d{8}T\\d{6}Z_\\d{8}T\\d{6}Z\\.csv$`),
      );
      const [head = [], ...cells] = readCsv(csv.text);
      expect(cells.map((row) => row[head.indexOf('id')])).toEqual(wanted.map(({ id }) => id));
      expect(cells[0]?.[head.indexOf('actor_name')]).toBe(`'${mallory.name}`);

      const ndjson = await download(page, 'Download NDJSON');
      const verified = spawnSync(process.execPath, [path.join(root, 'bin/verify.mjs'), ndjson.file], {
        encoding: 'utf8',
      });
      expect(verified.stdout).toContain('200 events, without 99 in between, which a filter left out: intact');
      expect(verified.status).toBe(0);

      await page.goto(`${log}?action=audit_log.export`);
      await expect(rows(page)).toHaveCount(2);
      await expect(rows(page).first()).toContainText(ndjson.name);
      const told = await query<{ record: string }>(
        `SELECT record FROM audit_event WHERE organization_id = $1 AND action = 'audit_log.export' ORDER BY seq`,
        [organization.id],
      );
      expect(told.map(({ record }) => JSON.parse(record).metadata)).toMatchObject([
        { format: 'csv', query: 'action:scan.* target:wanted', events: 200, truncated: false },
        { format: 'ndjson', events: 200 },
      ]);
    });
  });
}

test('a file of 12,345 events holds all of them in order, in UTC and without formulas; one that is broken off holds nobody up', async ({
  adminPage: page,
  addEvents,
  organization,
  query,
}) => {
  const begin = Date.UTC(2026, 9, 25);
  await addEvents(
    ...Array.from({ length: 12_345 }, (_, n) => ({
      time: new Date(begin + n * 1_000),
      actor: n === 12_000 ? mallory : ben,
      targets: scan('prod'),
    })),
  );
  const stored = await query<{ id: string; occurred_at: Date }>(
    `SELECT id, occurred_at FROM audit_event WHERE organization_id = $1 AND action = 'scan.start' ORDER BY seq`,
    [organization.id],
  );
  expect(stored).toHaveLength(12_345);
  await page.goto(`${log}?action=scan.*`);
  await expect(page.getByText('Newest first, 50 of 10,000+', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: '12,345 events match' })).toBeVisible();

  await test.step('whoever leaves in the middle of a file leaves nothing running', async () => {
    const left = new AbortController();
    const [cookies, base] = [await page.context().cookies(), new URL(page.url())];
    const response = await fetch(new URL(`${log}/export/file?format=csv&action=scan.*`, base), {
      method: 'POST',
      signal: left.signal,
      headers: {
        'sec-fetch-site': 'same-origin',
        cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      },
    });
    expect(response.status).toBe(200);
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    left.abort();
    await expect(reader?.read()).rejects.toThrow();
  });

  const { text } = await download(page, 'Download CSV');
  const [head = [], ...cells] = readCsv(text);
  const column = (name: string) => cells.map((row) => row[head.indexOf(name)]);
  expect(column('id')).toEqual(stored.map(({ id }) => id));
  expect(column('time')).toEqual(stored.map(({ occurred_at }) => occurred_at.toISOString()));
  expect(column('actor_name').filter((name) => name !== ben.name)).toEqual([`'${mallory.name}`]);
  const told = await query<{ record: string }>(
    `SELECT record FROM audit_event WHERE organization_id = $1 AND action = 'audit_log.export' ORDER BY seq`,
    [organization.id],
  );
  expect(told.map(({ record }) => JSON.parse(record).metadata)).toMatchObject([
    { events: 12_345, truncated: false },
    { events: 12_345, truncated: false },
  ]);
});

test('an eleventh export leads back with the reason; nothing that matches offers no file; a stale address tells what it left out', async ({
  adminPage: page,
}) => {
  await page.goto(`${log}/export?action=user.login`);
  for (let n = 0; n < 10; n += 1) await download(page, 'Download CSV');
  await page.getByRole('button', { name: 'Download CSV', exact: true }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText(
    'You have begun ten exports within ten minutes, so this one was not begun',
  );
  await expect(page).toHaveURL(/action=user\.login/);

  await page.goto(`${log}/export?actor=nobody&actr=1`);
  await expect(page.getByRole('main').getByRole('status')).toContainText('Did you mean “actor”?');
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveText(
    'No events match, so there is nothing to export',
  );
  await expect(page.getByRole('button', { name: /^Download/ })).toHaveCount(0);
  await expect(refusal(page)).toHaveCount(0);
});

test('no other site, no link and no part of a filter that is not understood begins an export', async ({
  adminPage: page,
  organization,
  query,
}) => {
  const file = `${log}/export/file`;
  const ours = { 'sec-fetch-site': 'same-origin' };
  const statusOf = async (address: string, headers: Record<string, string>) =>
    (await page.request.post(address, { headers, maxRedirects: 0 })).status();
  expect(await statusOf(`${file}?format=csv`, { origin: 'https://evil.example' })).toBe(403);
  expect(await statusOf(`${file}?format=csv`, { 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect((await page.request.get(`${file}?format=csv`, { headers: ours })).status()).toBe(405);
  expect(await statusOf(`${file}?format=xls`, ours)).toBe(400);
  expect(await statusOf(file, ours)).toBe(400);
  expect(await statusOf(`${file}?format=csv&actr=ben`, ours)).toBe(400);
  expect(await statusOf(`${file}?format=csv&from=2026-02-31T00:00Z`, ours)).toBe(400);
  const told = await query(
    `SELECT 1 FROM audit_event WHERE organization_id = $1 AND action = 'audit_log.export'`,
    [organization.id],
  );
  expect(told).toEqual([]);
});
