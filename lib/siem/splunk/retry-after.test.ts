import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '@/lib/siem/splunk/retry-after';

const now = Date.parse('2026-11-23T12:00:00Z');

describe('Retry-After is honoured within reason', () => {
  it.each([
    ['5', 5_000],
    [' 5 ', 5_000],
    ['0', 1_000],
    ['-1', 1_000],
    ['99999999', 900_000],
    ['9'.repeat(400), 900_000],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 1_000],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 900_000],
    ['Xyz, 99 Foo 2026 12:00:30 GMT', undefined],
    ['soon', undefined],
    ['tomorrow 5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j ms', (header, wait) => {
    expect(retryAfterMs(header, now)).toBe(wait);
  });

  it('never waits less than a second or more than a quarter of an hour, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.bigInt().map(String)), (header) => {
        const wait = retryAfterMs(header, now);
        expect(wait === undefined || (wait >= 1_000 && wait <= 900_000)).toBe(true);
      }),
    );
  });
});
