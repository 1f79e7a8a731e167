import type { Page } from '@playwright/test';
import { untilRowsPainted } from '@/bench/browser/clock';
import { keys, people, rare, targets } from '@/bench/generate-log';
import type { Times } from '@/bench/report';
import { allEvents } from '@/e2e/audit-log';

/** What somebody types into the search field; the n-th time about something else. */
const typed: Record<string, (n: number) => string> = {
  'an actor': (n) => `actor:"person ${(n * 37) % people} fox"`,
  'an action': (n) => `action:${['user.login', 'scan.start', 'scan.delete', 'user.create'][n % 4]}`,
  'an action, negated': (n) => `-action:scan.* target:"user ${n}"`,
  'an actor, an action, a time': (n) => `actor:"ci bot ${n % keys}" action:scan.* created:30d`,
  'what never happened': (n) => `actor:"ci bot ${n % keys}" action:user.login`,
  'a target': (n) => `target:"scan ${(n * 97) % targets}"`,
  'a range of addresses': (n) => `ip:10.${n % 5}.${n % 250}.0/24`,
  'text in every third event': (n) => (n % 2 ? 'fox' : 'person'),
  'text of 3 events': () => `"${rare.actor.name}"`,
};

/** Milliseconds from Enter, or from the click on a value of a menu, until the rows are painted. */
export async function measureFilters(page: Page, runs: number): Promise<Times> {
  const times: Times = {};
  for (let n = 0; n < runs; n += 1) {
    for (const [name, query] of Object.entries(typed)) {
      await page.goto(allEvents, { waitUntil: 'networkidle' });
      await page.getByRole('combobox', { name: 'Search', exact: true }).fill(query(n));
      const ms = await untilRowsPainted(page, 'keydown', () => page.keyboard.press('Enter'));
      times[name] = [...(times[name] ?? []), ms];
    }
    await page.goto(allEvents, { waitUntil: 'networkidle' });
    const main = page.getByRole('main');
    await main.getByRole('button', { name: 'Actor', exact: true }).click();
    const value = main
      .locator('[popover]:popover-open li')
      .nth(n % 8)
      .getByRole('link')
      .first();
    const ms = await untilRowsPainted(page, 'click', () => value.click());
    times['chosen in a menu'] = [...(times['chosen in a menu'] ?? []), ms];
  }
  return times;
}
