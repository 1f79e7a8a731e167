import { expect, test } from 'vitest';
import { resultLine } from '@/components/audit/result-line';

test('the line above the rows tells how many there are, as far as they are counted', () => {
  expect(resultLine(50, 1_284, 10_000)).toBe('Newest first, 50 of 1,284');
  expect(resultLine(50, 10_000, 10_000)).toBe('Newest first, 50 of 10,000');
  expect(resultLine(50, 10_001, 10_000)).toBe('Newest first, 50 of 10,000+');
  expect(resultLine(50, undefined, 10_000)).toBe('Newest first, 50');
});
