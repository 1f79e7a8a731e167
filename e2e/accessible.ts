import { expect, type Page } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';

/** WCAG 2.2, levels A and AA: what issue 2 asks of every page. */
const everything: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
};

/** The part of it that depends on colours: what another theme can change. */
const colours: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** Fails with what axe found: the rule, and the elements it is about. */
export function expectAccessible(page: Page): Promise<void> {
  return expectNothing(page, everything);
}

/** `expectAccessible` for the colours only. */
export function expectContrast(page: Page): Promise<void> {
  return expectNothing(page, colours);
}

async function expectNothing(page: Page, options: RunOptions): Promise<void> {
  // A page that has axe needs no other one.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    // What passes is of no interest, and describing it would take longer than the rest.
    (options) => window.axe.run(document, { ...options, resultTypes: ['violations'] }),
    options,
  );
  const found = violations.map(({ id, nodes }) => ({
    rule: id,
    elements: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }));
  expect(found).toEqual([]);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** No page scrolls sideways on the narrowest screen of WCAG 1.4.10; leaves the window that narrow. */
export async function expectToFitNarrowScreen(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
}

/** Chooses the theme the way the product keeps it, from the next page load on. */
export async function chooseTheme(page: Page, theme: 'light' | 'dark', url: string): Promise<void> {
  await page.context().addCookies([{ name: 'theme', value: theme, url }]);
}

/**
 * Shows this page in the other theme, as if it had been loaded with it: nothing but this attribute depends on it. Without
 * motion, because colours are looked at next, and would still be on their way.
 */
export async function showTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.locator('html').evaluate((html, value) => html.setAttribute('data-theme', value), theme);
}

/**
 * What every page has and is: everything in the light theme, and in the dark one what a theme can change: its colours. Leaves the window wide and the
 * page light, as they were.
 */
export async function expectGoodPage(page: Page, what: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }), what).toHaveCount(1);
  await expect(page, what).toHaveTitle(/^.+ · Tracekeep$/);
  await expectAccessible(page);
  await showTheme(page, 'dark');
  await expectContrast(page);
  await showTheme(page, 'light');
  await expectToFitNarrowScreen(page);
  // Here the table has become cards, which is another page to axe.
  if (what === 'audit log') await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 720 });
}
