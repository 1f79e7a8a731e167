import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIResponse, Browser, Locator, Page } from '@playwright/test';
import { test as base, expect, type Person, refusal } from '@/e2e/furnished';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';
import type { StoredEvent } from '@/splunk/simulator/store';

/** The fields of the configuration page, as an admin fills them in. */
export type Typed = { hecUrl: string; hecToken: string; index: string; name?: string };

/** A row of the audit log: what Splunk has to have, too. */
export type LoggedEvent = {
  id: string;
  seq: number;
  action: string;
  outcome: string;
  record: string;
  /** Hexadecimal. */
  hash: string;
};

type Stage = {
  /** A Splunk of this test's own, in the test's process: it can be told to fail, and asked what it received. */
  simulator: Simulator;
  /** What works with it. */
  typed: Typed;
  /** An HTTP server that is not Splunk; returns its address. */
  serve(listener: RequestListener): Promise<string>;
  /** The organization's log in the database, from its beginning. */
  log(): Promise<LoggedEvent[]>;
  /** The actions of the log in their order. */
  actions(): Promise<string[]>;
  /** How many integrations are stored. */
  stored(): Promise<number>;
  /** Fails the test when the application ever answered 5xx. */
  neverAtFault: undefined;
};

/** The fixtures of the SIEM specs. */
export const test = base.extend<Stage>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  simulator: async ({}, use) => {
    const simulator = await startSimulator({ port: 0 });
    await use(simulator);
    await simulator.close();
  },

  typed: async ({ simulator }, use) =>
    use({ hecUrl: simulator.url, hecToken: simulator.token, index: 'audit' }),

  // biome-ignore lint/correctness/noEmptyPattern: see above
  serve: async ({}, use) => {
    const servers: ReturnType<typeof createServer>[] = [];
    await use(async (listener) => {
      const server = createServer(listener);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${portOf(server.address())}`;
    });
    for (const server of servers) server.close().closeAllConnections();
  },

  log: async ({ query, organization }, use) =>
    use(() =>
      query<LoggedEvent>(
        `SELECT id, seq::int, action, outcome, record, encode(hash, 'hex') AS hash
           FROM audit_event WHERE organization_id = $1 ORDER BY seq`,
        [organization.id],
      ),
    ),

  actions: async ({ log }, use) => use(async () => (await log()).map(({ action }) => action)),

  stored: async ({ query, organization }, use) =>
    use(async () => {
      const rows = await query('SELECT 1 FROM siem_integration WHERE organization_id = $1', [
        organization.id,
      ]);
      return rows.length;
    }),

  neverAtFault: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on('response', (response) => {
        if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
      });
      await use(undefined);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

const labels = { hecUrl: 'HEC URL', hecToken: 'HEC Token', index: 'Index', name: 'Name' } as const;

/** A field of the configuration page. */
export function field(page: Page, name: keyof Typed): Locator {
  return page.getByRole('textbox', { name: labels[name] });
}

/** Fills in what is given and leaves the rest as it is. */
export async function fill(page: Page, typed: Partial<Typed>): Promise<void> {
  for (const name of ['hecUrl', 'hecToken', 'index', 'name'] as const) {
    const value = typed[name];
    if (value !== undefined) await field(page, name).fill(value);
  }
}

export async function press(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** What is said about a field: what is wrong, and how to put it right. */
export type Complaint = { field: keyof Typed; message: string; cure: string };

/**
 * A refused form says so in its summary, which has the focus and leads to the field; the field says cause and cure; and
 * nothing that was typed is lost.
 */
export async function expectRefused(page: Page, complaint: Complaint, typed: Typed): Promise<void> {
  const link = refusal(page).getByRole('link', { name: complaint.message, exact: true });
  await expect(link).toBeVisible({ timeout: 12_000 });
  await expect(refusal(page)).toBeFocused();
  await expect(refusal(page).getByRole('heading')).toHaveText('One thing to put right');
  const control = field(page, complaint.field);
  await expect(control).toHaveAttribute('aria-invalid', 'true');
  await expect(control).toHaveAccessibleDescription(
    new RegExp(escaped(`${complaint.message} ${complaint.cure}`)),
  );
  await link.click();
  await expect(control).toBeFocused();
  for (const name of ['hecUrl', 'hecToken', 'index', 'name'] as const) {
    await expect(field(page, name)).toHaveValue(typed[name] ?? '');
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What a form sends besides what is typed. Only without JavaScript does it say there which action it is for. */
export async function hiddenFields(form: Locator): Promise<Record<string, string>> {
  const fields = await form
    .locator('input[type=hidden]')
    .evaluateAll((inputs) =>
      inputs.map((input) => [input.getAttribute('name'), input.getAttribute('value')]),
    );
  return Object.fromEntries(fields.map(([name, value]) => [name, value ?? '']));
}

/** Posts a form as a browser without JavaScript would, with values that need not be what a browser can send. */
export function post(page: Page, multipart: Record<string, string>): Promise<APIResponse> {
  const headers = { origin: new URL(page.url()).origin };
  return page.request.post(page.url(), { headers, multipart, maxRedirects: 0 });
}

/** The page says that something was done. */
export async function expectStatus(page: Page, words: string): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
}

/** Adds an integration through its form, which tests it first. Ends on the page of all integrations. */
export async function addIntegration(page: Page, typed: Typed): Promise<void> {
  await page.goto('/settings/siem/splunk/new');
  await fill(page, typed);
  await press(page, 'Add Integration');
  await expectStatus(page, 'Splunk integration added');
}

/** An integration's card, by its name. */
export function card(page: Page, name: string): Locator {
  return page
    .getByRole('region')
    .filter({ has: page.getByRole('heading', { level: 3, name, exact: true }) })
    .last();
}

/** A figure of a card, by its label. */
export function figure(card: Locator, label: string): Locator {
  return card
    .getByRole('definition')
    .and(card.locator(`dt:text-is("${label}") ~ dd`))
    .first();
}

/** An attempt to sign in that fails, in a browser of its own: an event that needs nobody's hand in the console. */
export async function failToSignIn(browser: Browser, { email }: Person): Promise<void> {
  const stranger = await browser.newPage();
  await stranger.goto('/login');
  await stranger.getByLabel('E-mail').fill(email);
  await stranger.getByLabel('Password', { exact: true }).fill('not the password');
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await expect(refusal(stranger)).toBeVisible();
  await stranger.context().close();
}

/** What Splunk received of the log; test events, which stand in no log, left out. */
export function delivered(simulator: Simulator): readonly StoredEvent[] {
  return simulator.events().filter(({ raw }) => !raw.includes('"event":{"seq":0,'));
}

/**
 * Waits until Splunk has exactly these rows of the log, in this order and none twice: id, number and hash are those of
 * the row, and the bytes of its record are on the wire as they are in the table.
 */
export async function expectInSplunk(
  simulator: Simulator,
  expected: () => Promise<LoggedEvent[]>,
): Promise<void> {
  await expect(async () => {
    const received = delivered(simulator).map(({ raw, fields }) => ({
      id: fields?.event_id,
      body: bodyOf(raw),
    }));
    const rows = (await expected()).map(({ id, seq, hash, record }) => ({
      id,
      body: `{"seq":${seq},"hash":"${hash}",${record.slice(1)}`,
    }));
    expect(received).toEqual(rows);
  }).toPass({ timeout: 15_000 });
}

/** The event within an envelope's text, as it came over the wire. */
function bodyOf(raw: string): string {
  return raw.slice(raw.indexOf('"event":') + '"event":'.length, raw.lastIndexOf(',"fields":'));
}

export { expect, refusal };
