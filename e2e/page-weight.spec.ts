import { gzipSync } from 'node:zlib';
import { expect, test } from '@/e2e/every-page';

/** Kilobytes of gzip, as ux.md §4.2 counts them. */
const kB = 1000;
const budgets = { log: 190 * kB, other: 165 * kB };

test('no page loads more JavaScript than its budget', async ({ adminPage, stranger, pages }) => {
  const weights: Record<string, number> = {};
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
    const sizes = await Promise.all(
      [...scripts].map(async (url) => gzipSync(await (await request.get(url)).body()).length),
    );
    weights[what] = sizes.reduce((sum, size) => sum + size, 0);
  }
  for (const [what, weight] of Object.entries(weights)) {
    expect(weight, what).toBeLessThanOrEqual(what.startsWith('audit log') ? budgets.log : budgets.other);
  }
});
