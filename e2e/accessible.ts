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
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(width, page.url()).toBeLessThanOrEqual(320);
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
 * Every target for the pointer has 24 by 24 CSS pixels, or so much room around it that a circle of 24 over its middle meets
 * no other one (WCAG 2.5.8). Links within a sentence are as high as its line. What is small but answers presses all around,
 * as the link that covers its row or the box whose label belongs to it, is large.
 */
export async function expectLargeTargets(page: Page): Promise<void> {
  expect(await page.evaluate(smallTargets)).toEqual([]);
}

function smallTargets(): string[] {
  const least = 24;
  const targets = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary'),
  ]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0);
  const middle = (box: DOMRect) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const isSmall = ({ box }: { box: DOMRect }) => box.width < least - 0.5 || box.height < least - 0.5;
  const inSentence = ({ element }: { element: HTMLElement }) =>
    getComputedStyle(element).display === 'inline' &&
    (element.parentElement?.textContent ?? '').trim().length > (element.textContent ?? '').trim().length;

  /** Whether presses at the edges of a square of 24 around its middle are its own, or its label's. */
  const answersAround = ({ element }: { element: HTMLElement }) => {
    element.scrollIntoView({ block: 'center' });
    const { x, y } = middle(element.getBoundingClientRect());
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    return [-1, 1].every((side) =>
      [
        [x + (side * (least - 1)) / 2, y],
        [x, y + (side * (least - 1)) / 2],
      ].every(([atX = 0, atY = 0]) => {
        const hit = document.elementFromPoint(atX, atY);
        return [element, ...labels].some((own) => own.contains(hit));
      }),
    );
  };
  /** The distance from a point to the nearest of a box. */
  const distance = (box: DOMRect, { x, y }: { x: number; y: number }) =>
    Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const hasRoom = (target: { element: HTMLElement; box: DOMRect }) =>
    targets.every((other) => {
      if (other.element === target.element || other.element.contains(target.element)) return true;
      if (isSmall(other)) {
        const [one, two] = [middle(target.box), middle(other.box)];
        return Math.hypot(one.x - two.x, one.y - two.y) >= least;
      }
      return distance(other.box, middle(target.box)) >= least / 2;
    });

  const found = targets.filter(
    (target) => isSmall(target) && !inSentence(target) && !hasRoom(target) && !answersAround(target),
  );
  window.scrollTo(0, 0);
  return found.map(({ element, box }) => `${box.width} × ${box.height}: ${element.outerHTML.slice(0, 200)}`);
}

/** No button is too narrow for its words, whatever the language of what they name. */
export async function expectWholeButtons(page: Page): Promise<void> {
  const cut = await page
    .locator('button, a[class*=border]')
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => button.checkVisibility() && button.scrollWidth > button.clientWidth + 1)
        .map((button) => button.outerHTML.slice(0, 200)),
    );
  expect(cut).toEqual([]);
}

/**
 * Sets the text as wide as a reader may (WCAG 1.4.12): nothing is cut off at its sides or its foot, unless it says so with
 * an ellipsis, and the page still does not scroll sideways on the narrowest screen.
 */
export async function expectRoomForText(page: Page): Promise<void> {
  const cut = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    );
    document.adoptedStyleSheets = [sheet];
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { overflowX, overflowY, textOverflow, position } = getComputedStyle(element);
        // What is there for the ear alone is one pixel large.
        if (!element.checkVisibility() || (position === 'absolute' && element.clientWidth <= 1)) return false;
        const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
        if (!(element.textContent ?? '').trim()) return false;
        return (
          (cuts(overflowX) && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1) ||
          (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1 && textOverflow !== 'ellipsis')
        );
      })
      .map((element) => element.outerHTML.slice(0, 200));
  });
  expect(cut).toEqual([]);
  await expectToFitNarrowScreen(page);
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
}

/**
 * What every page has and is: everything in the light theme, and in the dark one what a theme can change: its colours.
 * Leaves the window wide and the page light, as they were.
 */
export async function expectGoodPage(page: Page, what: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }), what).toHaveCount(1);
  await expect(page, what).toHaveTitle(/^.+ · Tracekeep$/);
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
  await page.setViewportSize({ width: 1280, height: 720 });
}
