import { expect, test } from 'vitest';
import { elapsedWords } from '@/lib/elapsed';

test.each([
  [-5, '0 s'],
  [999, '0 s'],
  [5_900, '5 s'],
  [119_000, '1 min'],
  [7_200_000, '2 h'],
  [86_400_000, '1 day'],
  [400_000_000, '4 days'],
])('%i ms are %s', (ms, words) => expect(elapsedWords(ms)).toBe(words));
