import type { Page, Request } from '@playwright/test';
import { log, panel, rows, scan } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';
import { watchLayout } from '@/e2e/layout-shift';

test('new events that match are counted, nothing moves until somebody asks for them, and counting ends with the session', async ({
  adminPage: page,
  addEvents,
  admin,
  query,
}) => {
  await addEvents({ targets: scan('first') });
  const moved = await watchLayout(page);
  await page.goto(`${log}?action=scan.*`);
  await expect(rows(page)).toHaveCount(1);
  const main = page.getByRole('main');
  await expect(main.getByRole('region', { name: 'Events over time' })).toContainText('1 event');
  await addEvents(
    { targets: scan('second') },
    { targets: scan('third') },
    { action: 'user.login', metadata: { method: 'email' } },
  );
  await expect(main.getByText('2 new events', { exact: true }).last()).toBeVisible();
  await expect(main.locator('#events [aria-live=polite]')).toHaveText('2 new events');
  await expect(rows(page)).toHaveCount(1);
  expect(await moved()).toBeLessThan(0.02);
  await main.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(main.getByText('new events')).toHaveCount(0);

  await query('UPDATE session SET revoked_at = now() WHERE user_id = $1', [admin.id]);
  await expect(
    main.getByText('New events are no longer counted, because you are signed out.').last(),
  ).toBeVisible();
  await main.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

/**
 * Notes from now on what a reader who listens is told, by the clock of the page. Returns what came sooner than half a
 * minute after the one before.
 */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const told: { text: string; at: number }[] = [];
    Reflect.set(window, 'told', told);
    const place = document.querySelector('#events [aria-live=polite]');
    if (!place) throw new Error('nothing is told here');
    new MutationObserver(() => told.push({ text: place.textContent ?? '', at: Date.now() })).observe(place, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  return async () => {
    const all: { text: string; at: number }[] = await page.evaluate(() => Reflect.get(window, 'told'));
    const told = all.filter(({ text }) => text !== '');
    expect(told.length).toBeGreaterThan(1);
    return told
      .filter(({ at }, n) => n > 0 && at - (told[n - 1]?.at ?? 0) < 29_900)
      .map(({ text, at }) => `${at} ${text}`);
  };
}

test('Live brings new rows by itself, is off until it is asked for, and says of every stop why', async ({
  adminPage: page,
  addEvents,
  admin,
  query,
}) => {
  // Ten minutes pass in a moment; what the server does is not moved.
  await page.clock.install();
  await addEvents(...Array.from({ length: 40 }, () => ({ targets: scan('before') })));
  const moved = await watchLayout(page);
  await page.goto(`${log}?action=scan.*`);
  await expect(rows(page)).toHaveCount(40);
  const main = page.getByRole('main');
  const announcements = await listen(page);
  const goLive = main.getByRole('button', { name: 'Go live', exact: true });
  const stop = main.getByRole('button', { name: 'Stop', exact: true });
  const says = (words: string) => expect(main.getByText(words, { exact: true }).last()).toBeVisible();
  const start = async () => {
    await goLive.click();
    await expect(stop).toBeVisible();
  };
  let shown = 40;
  const arrives = async () => {
    await addEvents({ targets: scan('arrived') });
    shown += 1;
    await expect(rows(page)).toHaveCount(shown);
  };

  await start();
  await arrives();
  await expect(main.locator('#events [aria-live=polite]').first()).toContainText('arrived.');
  // A filter that is narrowed stays live; the button ends it.
  await stop.click();
  await expect(goLive).toBeVisible();
  await expect(main.getByText('Live stopped')).toHaveCount(0);

  await start();
  await rows(page).first().getByRole('link').click();
  await expect(panel(page)).toBeVisible();
  await says('Live stopped, because you opened an event.');
  await expect(goLive).toHaveCount(0);
  await panel(page).getByRole('link', { name: 'Close the event', exact: true }).click();
  await expect(panel(page)).toHaveCount(0);

  // Whoever scrolls reads: what arrives is counted, and nothing moves.
  await start();
  const read = rows(page).nth(14).getByRole('link');
  await read.evaluate((link) => link.focus({ preventScroll: true }));
  await page.mouse.move(640, 400);
  await page.mouse.wheel(0, 600);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(600);
  await says('Live stopped, because you scrolled down.');
  const [place, movedBefore] = [await read.boundingBox(), await moved()];
  await addEvents({ targets: scan('counted') });
  await says('Live stopped, because you scrolled down. 1 new event since.');
  await expect(rows(page)).toHaveCount(shown);
  await expect(read).toBeFocused();
  expect(await read.boundingBox()).toEqual(place);
  expect(await page.evaluate(() => window.scrollY)).toBe(600);
  expect((await moved()) - movedBefore).toBe(0);
  await main.getByRole('button', { name: 'Show', exact: true }).click();
  shown += 1;
  await expect(rows(page)).toHaveCount(shown);
  await page.evaluate(() => window.scrollTo(0, 0));

  await start();
  const becomes = (state: DocumentVisibilityState) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await becomes('hidden');
  await says('Live stopped, because this page was out of sight.');
  const asked: string[] = [];
  const note = (request: Request) => asked.push(request.url());
  page.on('request', note);
  await addEvents({ targets: scan('unseen') });
  await page.clock.fastForward(60_000);
  await says('Live stopped, because this page was out of sight.');
  expect(asked).toEqual([]);
  page.off('request', note);
  await becomes('visible');
  await says('Live stopped, because this page was out of sight. 1 new event since.');
  await main.getByRole('button', { name: 'Show', exact: true }).click();
  shown += 1;
  await expect(rows(page)).toHaveCount(shown);

  await start();
  await page.clock.fastForward(10 * 60_000);
  await says('Live stopped, because this page has been open for ten minutes.');

  await start();
  await page.route('**/audit-log/live?**', (route) => route.abort());
  await arrives();
  await says('Live stopped, because the connection was lost.');
  await page.unroute('**/audit-log/live?**');
  expect(await announcements()).toEqual([]);

  await page.reload();
  await expect(rows(page)).toHaveCount(shown);
  await start();
  await query(`UPDATE app_user SET status = 'deactivated' WHERE id = $1`, [admin.id]);
  await says('Live stopped, because you are signed out.');
  await expect(stop).toHaveCount(0);
});

test('an older page, and a range that has ended, wait for nothing', async ({
  adminPage: page,
  addEvents,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/audit-log/live') && asked.push(request.url()));
  await addEvents(...Array.from({ length: 30 }, () => ({})));
  await page.goto(`${log}?to=2026-01-01T00:00:00.000Z`, { waitUntil: 'load' });
  await expect(page.getByText('No events match these filters')).toBeVisible();
  expect(asked).toEqual([]);
  await page.goto(`${log}?size=25&action=scan.*`);
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Older', exact: true }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(rows(page)).toHaveCount(5);
  asked.length = 0;
  await page.reload({ waitUntil: 'load' });
  await expect(rows(page)).toHaveCount(5);
  expect(asked).toEqual([]);
});
