import type { Locator, Page } from '@playwright/test';

export const log = '/settings/audit-log';
/** The same without a filter, whatever opens first. */
export const allEvents = `${log}?range=all`;

/** The events shown, newest first. */
export const rows = (page: Page): Locator => page.getByRole('table').locator('tbody').getByRole('row');
/** The event that is open beside them. */
export const panel = (page: Page): Locator => page.getByRole('main').locator('#event');
/** Somebody besides the admin, who does things in the log. */
export const ben = {
  type: 'user' as const,
  id: 'ben',
  name: 'Ben Okafor',
  email: 'ben@acme.example',
  role: 'member',
};
/** What an event is about, by one name. */
export const scan = (name: string) => [{ type: 'scan' as const, id: name, name }];

/** The names of the shown events' targets, newest first. */
export async function targets(page: Page): Promise<string[]> {
  return (await rows(page).locator('td:nth-child(4)').allTextContents()).map((text) =>
    text.replace(/scan$/, ''),
  );
}

/** Opens the fields of the filter form, unless they are. */
export async function openFields(page: Page): Promise<void> {
  const fields = page.locator('details', { has: page.getByText('More filters', { exact: true }) });
  if ((await fields.getAttribute('open')) === null) await fields.locator('summary').click();
}
