import type { Page } from '@playwright/test';
import {
  chooseTheme,
  expectAccessible,
  expectContrast,
  expectLargeTargets,
  expectRoomForText,
  expectToFitNarrowScreen,
  expectWholeButtons,
  showTheme,
} from '@/e2e/accessible';
import { rows } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/every-page';
import { refusal } from '@/e2e/furnished';

test.describe.configure({ mode: 'parallel' });

/**
 * Everything in the light theme, and in the dark one what a theme can change: its colours. Leaves the window wide and the
 * page light, as they were.
 */
async function expectGoodPage(page: Page, what: string): Promise<void> {
  await test.step(what, async () => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page).toHaveTitle(/^.+ · Tracekeep$/);
    await expectAccessible(page);
    await expectLargeTargets(page);
    await expectWholeButtons(page);
    await showTheme(page, 'dark');
    await expectContrast(page);
    await showTheme(page, 'light');
    await expectToFitNarrowScreen(page);
    await expectLargeTargets(page);
    await expectRoomForText(page);
    // Here the table has become cards, which is another page to axe.
    if (what === 'audit log') await expectAccessible(page);
  });
  await page.setViewportSize({ width: 1280, height: 720 });
}

/** All pages, in parts of about ten: axe takes a while for each. */
const areas = {
  'of members': (path: string) => path.startsWith('/settings/members'),
  'of signing in and keys': (path: string) =>
    /^\/settings\/(authentication|api-keys)|^\/(login|invite)/.test(path),
  'of the log': (path: string) => path.startsWith('/settings/audit-log'),
  'of its stream': (path: string) => path.startsWith('/settings/siem'),
  'of scans': (path: string) => path.startsWith('/scans'),
};
const areaOf = (path: string) =>
  Object.entries(areas).find(([, holds]) => holds(path))?.[0] ?? 'of everything else';

for (const area of [...Object.keys(areas), 'of everything else']) {
  test(`axe finds nothing on pages ${area}, wide and narrow, light and dark, none scrolls sideways, no target is too small, no text is cut off`, async ({
    adminPage,
    openAs,
    stranger,
    baseURL,
    pages,
  }) => {
    const viewers = {
      admin: adminPage,
      auditor: await openAs('auditor'),
      member: await openAs('member'),
      stranger,
    };
    for (const viewer of Object.values(viewers)) await chooseTheme(viewer, 'light', baseURL ?? '');
    for (const { what, path, status = 200, as = 'admin' } of pages) {
      if (areaOf(path) !== area) continue;
      const response = await viewers[as].goto(path);
      expect(response?.status(), what).toBe(status);
      await expectGoodPage(viewers[as], what);
    }
  });
}

test('forms with errors, open menus and empty pages are as accessible in both themes', async ({
  adminPage: page,
  stranger,
  baseURL,
}) => {
  await chooseTheme(page, 'light', baseURL ?? '');
  await page.goto('/settings/siem');
  await expect(page.getByText('Not connected')).toBeVisible();
  await expectGoodPage(page, 'SIEM without an integration');

  await page.getByRole('link', { name: 'Add Integration' }).click();
  await page.getByLabel('HEC URL').fill('splunk.example.com/somewhere');
  await page.getByRole('button', { name: 'Test Connection' }).click();
  await expect(refusal(page)).toBeFocused();
  await expect(page.getByLabel('HEC Token', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expectGoodPage(page, 'new integration with errors');

  for (const menu of [/^Time zone/, /^Theme/]) {
    await page.getByRole('button', { name: menu }).click();
    await expectAccessible(page);
    await showTheme(page, 'dark');
    await expectContrast(page);
    await showTheme(page, 'light');
    await page.keyboard.press('Escape');
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await page.getByText('Menu', { exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Console' })).toBeVisible();
  await expectAccessible(page);

  await chooseTheme(stranger, 'light', baseURL ?? '');
  await stranger.goto('/login');
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await expect(refusal(stranger)).toContainText('2 things to put right');
  await expectGoodPage(stranger, 'sign-in with errors');
});

test('what the theme is kept in decides how a page is shown', async ({ adminPage: page, baseURL }) => {
  const ink = () => page.locator('body').evaluate((body) => getComputedStyle(body).color);
  const seen: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme, baseURL ?? '');
    await page.goto('/');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    seen.push(await ink());
  }
  expect(seen[0]).not.toBe(seen[1]);
  await showTheme(page, 'light');
  await expect.poll(ink).toBe(seen[0]);
});

test('an error is told at the top, at its field, and leads from the one to the other', async ({
  page,
  admin,
}) => {
  await page.goto('/login');
  await page.getByLabel('E-mail address').fill(admin.email);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(refusal(page)).toBeFocused();
  await expect(page).toHaveTitle('Error: Sign in · Tracekeep');
  const field = page.getByLabel('Password', { exact: true });
  await expect(field).toHaveAccessibleDescription(/Enter your password\./);
  await refusal(page).getByRole('link', { name: 'Enter your password.' }).click();
  await expect(field).toBeFocused();
});

test('the skip link is the first stop and leads past the navigation', async ({ adminPage: page }) => {
  await page.goto('/settings/audit-log');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the page' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the events', exact: true })).toBeFocused();
});

test('focus and the current place stay visible in forced colours', async ({ adminPage: page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/settings/audit-log');
  const outlineOf = (name: string) =>
    page
      .getByRole('link', { name, exact: true })
      .evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(await outlineOf('Audit Log')).toBe('solid');
  await page.getByRole('link', { name: 'SIEM', exact: true }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await outlineOf('SIEM')).toBe('solid');
  // What a colour says elsewhere stands there as a word.
  await expect(rows(page).first()).toContainText('OK');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Delivery', exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('under the pointer, and in an open menu, words stay readable in both themes', async ({
  adminPage: page,
  baseURL,
}) => {
  await chooseTheme(page, 'light', baseURL ?? '');
  await page.goto('/settings/audit-log');
  const main = page.getByRole('main');
  const search = main.getByRole('button', { name: 'Search', exact: true });
  const menu = main.getByRole('button', { name: 'Any time', exact: true });
  const places = [search, menu, rows(page).first().getByRole('cell').last(), main.getByRole('link').last()];
  for (const theme of ['light', 'dark'] as const) {
    await showTheme(page, theme);
    for (const place of places) {
      await place.hover({ force: true });
      await expectContrast(page);
    }
    await menu.click();
    const choice = main.getByRole('link', { name: 'Last 7 days', exact: true });
    await choice.hover();
    await expectContrast(page);
    await page.keyboard.press('Escape');
    await expect(choice).toBeHidden();
  }
});

test('nothing moves where less motion is wanted', async ({ adminPage: page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of ['/', '/settings/audit-log', '/settings/siem']) {
    await page.goto(path);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .map((element) => getComputedStyle(element))
        .filter(
          ({ transitionDuration, animationName }) =>
            Number.parseFloat(transitionDuration) > 0.01 || animationName !== 'none',
        )
        .map(({ transition, animation }) => `${transition} ${animation}`),
    );
    expect(moving, path).toEqual([]);
  }
});
