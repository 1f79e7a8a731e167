import { expect, test } from 'vitest';
import { relativeTime } from '@/lib/relative-time';

const now = new Date('2026-11-24T12:00:00Z');

test.each([
  [0, 'just now'],
  [-59, 'just now'],
  [-60, '1 minute ago'],
  [-3 * 60, '3 minutes ago'],
  [-3_600, '1 hour ago'],
  [-47.9 * 3_600, '47 hours ago'],
  [-48 * 3_600, '2 days ago'],
  [-61 * 86_400, '61 days ago'],
  [30, 'in less than a minute'],
  [90, 'in 1 minute'],
  [14 * 86_400, 'in 14 days'],
])('%d seconds from now is told as %s', (seconds, words) => {
  expect(relativeTime(new Date(now.getTime() + seconds * 1_000), now)).toBe(words);
});
