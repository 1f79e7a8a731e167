import type { Page } from '@playwright/test';

/** Watches what moves by itself on the pages that are loaded from now on. Returns how much it was, as CLS counts it. */
export async function watchLayout(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    let moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ('value' in entry && 'hadRecentInput' in entry && !entry.hadRecentInput)
          moved += Number(entry.value);
      Reflect.set(window, 'layoutShift', moved);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => Number(Reflect.get(window, 'layoutShift') ?? 0));
}
