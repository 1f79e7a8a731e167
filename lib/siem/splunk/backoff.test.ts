import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '@/lib/siem/splunk/backoff';

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the wait after a failure', () => {
  it('doubles its ceiling from one second to one minute and stays there', () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 7, 8, 2_000].map((attempt) => backoffMs(attempt, () => 1));
    expect(ceilings).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('is always a number from zero to the ceiling', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 1e9 }), fraction, (attempt, random) => {
        const wait = backoffMs(attempt, () => random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(backoffMs(attempt, () => 1));
      }),
    );
  });

  it('spreads fifty streams over the whole window', () => {
    const waits = Array.from({ length: 50 }, (_, index) => backoffMs(7, () => index / 50)).sort(
      (a, b) => a - b,
    );
    expect(waits[0]).toBeLessThan(5_000);
    expect(waits.at(-1)).toBeGreaterThan(55_000);
  });
});
