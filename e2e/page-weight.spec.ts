import { gzipSync } from 'node:zlib';
import { twMerge } from 'tailwind-merge';
import { expect, test } from '@/e2e/every-page';

/** Kilobytes of gzip, as ux.md §4.2 counts them. */
const kB = 1000;
const budgets = { log: 190 * kB, other: 165 * kB };

/** Of two classes for one property the order of the style sheet decides, unless one is marked with `!`. */
function conflicts(names: string): boolean {
  return twMerge(names) !== names.trim().replace(/\s+/g, ' ');
}

test('no page loads more JavaScript than its budget, or leaves to chance which of two classes wins', async ({
  adminPage,
  stranger,
  pages,
}) => {
  const weights: Record<string, number> = {};
  const undecided = new Set<string>();
  for (const { what, path, as = 'admin' } of pages) {
    if (as !== 'admin' && as !== 'stranger') continue;
    const { page, request } =
      as === 'admin'
        ? { page: adminPage, request: adminPage.request }
        : { page: stranger, request: stranger.request };
    const scripts = new Set<string>();
    const collect = (asked: { url(): string; resourceType(): string }) => {
      if (asked.resourceType() === 'script') scripts.add(asked.url());
    };
    page.on('request', collect);
    await page.goto(path, { waitUntil: 'load' });
    page.off('request', collect);
    const names = await page
      .locator('[class]')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('class') ?? ''));
    for (const name of names) if (conflicts(name)) undecided.add(`${what}: ${name}`);
    const sizes = await Promise.all(
      [...scripts].map(async (url) => gzipSync(await (await request.get(url)).body()).length),
    );
    weights[what] = sizes.reduce((sum, size) => sum + size, 0);
  }
  expect([...undecided]).toEqual([]);
  for (const [what, weight] of Object.entries(weights)) {
    expect(weight, what).toBeLessThanOrEqual(what.startsWith('audit log') ? budgets.log : budgets.other);
  }
});
