import { expect, test } from 'vitest';
import { bucketWords } from '@/components/audit/bucket-words';

test.each([
  ['2026-11-23T14:00:00Z', '2026-11-23T14:30:00Z', 'UTC', '23 Nov 2026 14:00 – 14:30'],
  ['2026-11-23T14:00:00Z', '2026-11-23T14:00:30Z', 'UTC', '23 Nov 2026 14:00:00 – 14:00:30'],
  ['2026-11-22T23:00:00Z', '2026-11-23T23:00:00Z', 'Europe/Berlin', '23 Nov 2026'],
  ['2026-11-22T23:00:00Z', '2026-11-23T23:00:00Z', 'UTC', '22 Nov 2026 23:00 – 23:00'],
  ['2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z', 'UTC', '16 Nov 2026 – 22 Nov 2026'],
  // The day on which summer time ends has 25 hours.
  ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'Europe/Berlin', '25 Oct 2026'],
])('the bar from %s to %s in %s is called %s there', (from, to, zone, words) => {
  expect(bucketWords({ from: new Date(from), to: new Date(to) }, zone)).toBe(words);
});
