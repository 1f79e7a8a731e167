import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import { insertEvents } from '@/e2e/audit-events';
import type { Query } from '@/e2e/database';
import type { Organization, Person } from '@/e2e/fixtures';
import { test as base } from '@/e2e/scans';
import type { LoggedEvent, Typed } from '@/e2e/siem';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

/** Where the steps act: one organization, its admin's browser, and whatever earlier steps left behind. */
export type Stage = {
  organization: Organization;
  admin: Person;
  /** The admin's browser. */
  page: Page;
  /** Somebody who is invited, and their browser. */
  carol: { email: string; page: Page };
  /** A page in a browser of its own. */
  anotherBrowser(): Promise<Page>;
  query: Query;
  /** Events of long before, of which nothing else knows: what retention may delete. Nine hundred days old, but for the last one. */
  ancient: readonly LoggedEvent[];
  /** What the organization's log has after them. */
  log(): Promise<LoggedEvent[]>;
  /** The Splunk that is connected, and what works with it. */
  simulator: Simulator;
  typed: Typed;
  /** A second Splunk for what goes wrong, so that the first one has every event once and in order. */
  lab: Simulator;
  /** Targets of scans: one that answers, and one that never does. */
  targets: { quick: string; silent: string };
  /** What every browser of the test says of itself. */
  ip: string;
  userAgent: string;
  /** The ids of requests that earlier steps made. */
  requestIds: Set<string>;
};

/** The fixture of the contract test. */
export const test = base.extend<{ stage: Stage }>({
  stage: async (
    { page, browser, organization, admin, query, log, simulator, typed, serve, extraHTTPHeaders },
    use,
  ) => {
    const contexts: BrowserContext[] = [];
    const lab = await startSimulator({ port: 0 });
    const days = (count: number) => ({ time: new Date(Date.now() - count * 86_400_000) });
    await insertEvents(query, organization, [days(900), days(900), days(200)]);
    const ancient = await log();
    const anotherBrowser = async () => {
      const context = await browser.newContext();
      contexts.push(context);
      return context.newPage();
    };
    await use({
      organization,
      admin,
      page,
      carol: { email: guestAddress('carol'), page: await anotherBrowser() },
      anotherBrowser,
      query,
      ancient,
      log: async () => (await log()).filter(({ seq }) => seq > ancient.length),
      simulator,
      typed,
      lab,
      targets: {
        quick: await serve((_request, response) => response.end('<h1>Hello</h1>')),
        silent: await serve(() => undefined),
      },
      ip: extraHTTPHeaders?.['x-forwarded-for'] ?? '',
      userAgent: await page.evaluate(() => navigator.userAgent),
      requestIds: new Set(),
    });
    for (const context of contexts) await context.close();
    await lab.close();
  },
});

/** An address that nobody has yet. */
export function guestAddress(name: string): string {
  return `${name}-${randomUUID().slice(0, 8)}@partner.example`;
}

/** Somebody of the organization as they are now. */
export async function personAt({ query }: Stage, email: string): Promise<Omit<Person, 'password'>> {
  const [person] = await query<Omit<Person, 'password'>>(
    'SELECT id, name, email, role::text FROM app_user WHERE email = $1',
    [email],
  );
  if (!person) throw new Error(`${email} has no account`);
  return person;
}
