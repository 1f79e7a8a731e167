import { expect, test } from 'vitest';
import { relativeTime } from '@/lib/relative-time';

const now = new Date('2026-11-24T12:00:00Z');

test.each([
  [0, 'just now'],
  [-59, 'just now'],
  [-60, '1 min ago'],
  [-3 * 60, '3 min ago'],
  [-3_600, '1 h ago'],
  [-23.9 * 3_600, '23 h ago'],
  [-24 * 3_600, '1 day ago'],
  [-61 * 86_400, '61 days ago'],
  [30, 'in less than a minute'],
  [90, 'in 1 min'],
  [14 * 86_400, 'in 14 days'],
])('%d seconds from now is told as %s', (seconds, words) => {
  expect(relativeTime(new Date(now.getTime() + seconds * 1_000), now)).toBe(words);
});
