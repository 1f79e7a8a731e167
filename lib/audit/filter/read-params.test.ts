import { expect, test } from 'vitest';
import { readParams } from '@/lib/audit/filter/read-params';

test('a parameter that is repeated becomes a list in its order, any other a text', () => {
  const params = new URLSearchParams('action=a&actor=x&action=b&action=&q=');
  expect(readParams(params)).toEqual({ action: ['a', 'b', ''], actor: 'x', q: '' });
});

test('names that mean something to JavaScript are names like others', () => {
  const read = readParams(new URLSearchParams('__proto__=a&constructor=b'));
  expect(Object.entries(read)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});
