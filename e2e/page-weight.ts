import { gzipSync } from 'node:zlib';
import { expect, type Page, type Request, type Response } from '@playwright/test';
import { twMerge } from 'tailwind-merge';

/** Kilobytes of gzip, as ux.md §4.2 counts them. */
const kB = 1000;
const budgets = { log: 190 * kB, other: 165 * kB };

const sizes = new Map<string, number>();

/** What a script weighs on its way. */
async function sizeOf(page: Page, url: string): Promise<number> {
  const known = sizes.get(url);
  if (known !== undefined) return known;
  const size = gzipSync(await (await page.request.get(url)).body()).length;
  sizes.set(url, size);
  return size;
}

/** Opens an address, whose scripts together weigh no more than its budget. */
export async function expectLightPage(page: Page, path: string): Promise<Response | null> {
  const scripts = new Set<string>();
  const collect = (request: Request) => {
    if (request.resourceType() === 'script') scripts.add(request.url());
  };
  page.on('request', collect);
  const response = await page.goto(path);
  page.off('request', collect);
  let weight = 0;
  for (const url of scripts) weight += await sizeOf(page, url);
  expect(weight, path).toBeGreaterThan(0);
  const isLog = /^\/settings\/audit-log(\/counts)?(\?|$)/.test(path);
  expect(weight, path).toBeLessThanOrEqual(isLog ? budgets.log : budgets.other);
  return response;
}

/** Of two classes for one property the order of the style sheet decides, unless one is marked with `!`. */
function conflicts(names: string): boolean {
  return twMerge(names) !== names.trim().replace(/\s+/g, ' ');
}

/** Leaves nothing to chance: no element has two classes for one property. */
export async function expectDecidedClasses(page: Page, what: string): Promise<void> {
  const names = await page
    .locator('[class]')
    .evaluateAll((elements) => [...new Set(elements.map((element) => element.getAttribute('class') ?? ''))]);
  expect(names.filter(conflicts), what).toEqual([]);
}
