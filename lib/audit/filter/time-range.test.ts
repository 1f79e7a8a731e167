import { expect, test } from 'vitest';
import type { Created } from './audit-filter';
import { isShorter } from './time-range';

const now = new Date('2026-11-24T12:00:00Z');
const from = new Date('2026-11-01T00:00:00Z');
const longAgo = new Date('2026-01-01T00:00:00Z');

test.each<[boolean, Created | undefined]>([
  [true, { not: false, range: { last: '7d' } }],
  [false, { not: false, range: { last: '90d' } }],
  [true, { not: false, range: { from } }],
  [false, { not: false, range: { from: longAgo } }],
  [false, { not: false, range: { to: from } }],
  [false, { not: true, range: { last: '7d' } }],
  [false, undefined],
])('it is %s that the last 90 days are more than %j', (shorter, created) => {
  expect(isShorter({ ...(created && { created }) }, '90d', now)).toBe(shorter);
});
