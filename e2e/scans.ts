import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import { test as base, expect, type LoggedEvent } from '@/e2e/siem';
import { issueCertificate } from '@/splunk/simulator/certificate';

type Stage = {
  /** A target at https whose certificate nobody vouches for; returns its address. */
  serveSelfSigned(): Promise<string>;
  /** The log's events of scans: action, outcome, actor and metadata. */
  scanEvents(): Promise<Record<string, unknown>[]>;
};

/** The fixtures of the scan specs. */
export const test = base.extend<Stage>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  serveSelfSigned: async ({}, use) => {
    const { key, cert } = issueCertificate({ commonName: '127.0.0.1', names: ['127.0.0.1'] });
    const server = createServer({ key, cert }, ok);
    await use(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return `https://127.0.0.1:${port}/`;
    });
    server.close().closeAllConnections();
  },

  scanEvents: async ({ log }, use) => use(async () => (await log()).flatMap(scanEvent)),
});

function scanEvent({ action, outcome, record }: LoggedEvent): Record<string, unknown>[] {
  if (!action.startsWith('scan.')) return [];
  const { actor, metadata } = JSON.parse(record);
  return [{ action, outcome, actor: `${actor.type} ${actor.name}`, ...metadata }];
}

export const ok: RequestListener = (_request, response) => response.end('<h1>Hello</h1>');

/** Creates a scan through its form. Ends on the scan's page; returns its id. */
export async function createScan(page: Page, name: string, target: string): Promise<string> {
  await page.goto('/scans/new');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Target' }).fill(target);
  await page.getByRole('button', { name: 'Create scan' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** The card that says how the last run stands. */
export function state(page: Page): Locator {
  return page.getByRole('region', { name: 'State' });
}

/** Waits for a run to end well, which the page finds out by itself. A worker may be busy with other tests' scans. */
export async function untilFinished(page: Page, grade: string): Promise<void> {
  await expect(state(page)).toContainText('Finished', { timeout: 20_000 });
  await expect(state(page)).toContainText(`Grade ${grade}`);
}

export { expect };
