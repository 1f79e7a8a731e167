import type { Page } from '@playwright/test';

/** What runs in the page and keeps the time there: neither the test runner's way to the browser nor back is in it. */
type Clock = {
  /** Milliseconds from each key and click to the next frame, where those are at least 16. */
  events: number[];
  /** Milliseconds of each stretch of at least 50 in which the page could answer nothing. */
  tasks: number[];
  /** Of the change of the page that is waited for. */
  painted?: Promise<{ ms: number; rows: string }>;
};
declare global {
  interface Window {
    clock: Clock;
  }
}

/** For every document that the page opens from now on. */
export async function installClock(page: Page): Promise<void> {
  // tsx names functions with this helper of its own, which a function that moves into the page takes along.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(() => {
    const clock: Clock = { events: [], tasks: [] };
    window.clock = clock;
    const observe = (type: string, into: number[], options = {}) =>
      new PerformanceObserver((list) => {
        into.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ type, buffered: true, ...options });
    observe('event', clock.events, { durationThreshold: 16 });
    observe('longtask', clock.tasks);
  });
}

/**
 * How long it takes from a key or a click until the rows that it asks for are on the screen: to the first task after the
 * frame in which the page stands at another address and has other rows. Rejects if those were not its last.
 */
export async function untilRowsPainted(
  page: Page,
  input: 'keydown' | 'click',
  act: () => Promise<void>,
): Promise<number> {
  await page.evaluate((input) => {
    const rowsOf = () => document.querySelector('#events')?.textContent ?? '';
    const [address, before] = [location.href, rowsOf()];
    window.clock.painted = new Promise((resolve) => {
      const afterPaint = (work: () => void) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = work;
          port2.postMessage(undefined);
        });
      const begin = ({ timeStamp }: Event) => {
        const look = () => {
          const rows = rowsOf();
          if (location.href === address || rows === '' || rows === before) requestAnimationFrame(look);
          else afterPaint(() => resolve({ ms: performance.now() - timeStamp, rows }));
        };
        look();
      };
      window.addEventListener(input, begin, { once: true, capture: true });
    });
  }, input);
  await act();
  const painted = await page.evaluate(() => window.clock.painted);
  await page.waitForLoadState('networkidle');
  const rows = await page.locator('#events').textContent();
  if (!painted || rows !== painted.rows) throw new Error('the rows changed once more');
  return painted.ms;
}

/** The longest event and the longest task of some interaction, once the page has come to rest after it; 0 for short ones. */
export async function longestOf(
  page: Page,
  act: () => Promise<void>,
): Promise<{ event: number; task: number }> {
  await page.evaluate(() => {
    window.clock.events.length = 0;
    window.clock.tasks.length = 0;
  });
  await act();
  await page.waitForLoadState('networkidle');
  return page.evaluate(async () => {
    // The observers are told of the last frame after it.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const { events, tasks } = window.clock;
    return { event: Math.max(0, ...events), task: Math.max(0, ...tasks) };
  });
}
