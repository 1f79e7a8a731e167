import type { Page } from '@playwright/test';
import { longestOf } from '@/bench/browser/clock';
import type { Times } from '@/bench/report';
import { allEvents, openFields, panel, rows } from '@/e2e/audit-log';

/** Milliseconds of the longest event and the longest task of each interaction, round by round. */
export type Longest = { events: Times; tasks: Times };

const slowDown = 4;

/** Does what somebody does in the log, in a browser that is four times slower than this machine. */
export async function measureClicks(page: Page, rounds: number): Promise<Longest> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  const longest: Longest = { events: {}, tasks: {} };
  const doing = async (name: string, act: () => Promise<void>) => {
    const { event, task } = await longestOf(page, act);
    longest.events[name] = [...(longest.events[name] ?? []), event];
    longest.tasks[name] = [...(longest.tasks[name] ?? []), task];
  };
  for (let round = 0; round < rounds; round += 1) {
    await page.goto(allEvents, { waitUntil: 'networkidle' });
    await walk(page, round, doing);
  }
  await devTools.detach();
  return longest;
}

type Doing = (name: string, act: () => Promise<void>) => Promise<void>;

/** Each step ends with what it leads to, so that all of it is measured. */
async function walk(page: Page, round: number, doing: Doing): Promise<void> {
  const main = page.getByRole('main');
  const button = (name: string) => main.getByRole('button', { name, exact: true });
  const link = (name: string) => main.getByRole('link', { name, exact: true });
  const search = page.getByRole('combobox', { name: 'Search', exact: true });
  const followed = async (act: () => Promise<void>) => {
    const before = page.url();
    await act();
    await page.waitForURL((url) => url.href !== before);
  };
  const shown = () => main.locator('[popover]:popover-open');

  await doing('open an event', async () => {
    await rows(page).nth(round).getByRole('link').click();
    await panel(page).waitFor();
  });
  await doing('the next event', () => followed(() => link('Older event').click()));
  await doing('close the event', () => followed(() => link('Close the event').click()));
  await doing('another row by key', async () => {
    await rows(page).nth(round).getByRole('link').focus();
    await page.keyboard.press('j');
  });
  await doing('the next page', () => followed(() => link('Older').click()));
  await doing('the page before', () => followed(() => link('Newer').click()));
  await doing('open the View menu', async () => {
    await button('View').click();
    await shown().waitFor();
  });
  await doing('choose a column', () => shown().getByLabel('Origin', { exact: true }).click());
  await doing('apply the view', async () => {
    const header = main.getByRole('columnheader', { name: 'Origin', exact: true });
    await button('Apply').click();
    await header.waitFor({ state: round % 2 ? 'detached' : 'visible' });
  });
  await doing('open a menu of counts', async () => {
    await button('Actor').click();
    await shown().getByRole('listitem').first().waitFor();
  });
  await doing('choose in it', () =>
    followed(() => shown().getByRole('listitem').nth(round).getByRole('link').first().click()),
  );
  await doing('open the saved views', async () => {
    await button('Saved views').click();
    await shown().waitFor();
  });
  await doing('choose all events', () =>
    followed(() => shown().getByRole('link', { name: 'All events' }).click()),
  );
  await doing('open more filters', () => openFields(page));
  await doing('type, and see what may follow', async () => {
    await search.pressSequentially('action:sc', { delay: 30 });
    await page.getByRole('option').first().waitFor();
  });
  await doing('take what may follow', async () => {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  });
  await doing('search', () => followed(() => page.keyboard.press('Enter')));
}
