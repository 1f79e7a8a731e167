import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonProblem, parseStrictJson } from '@/lib/api/strict-json';

describe('strict JSON', () => {
  test('is JSON: what can be stored comes through unchanged, however it is indented', () => {
    const storable = fc.jsonValue({ stringUnit: 'grapheme' });
    fc.assert(
      fc.property(storable, fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!/\\u0000|\\ud[89a-f]/i.test(text));
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    ['at the top', '{"a":1,"a":2}', '"a"'],
    ['written as an escape', String.raw`{"role":1,"\u0072ole":2}`, String.raw`"\u0072ole"`],
    ['inside a list', '[{"b":1},{"b":1,"c":{"b":2},"b":3}]', '"b"'],
    ['with white space before the colon', '{"a" : 1, "a"\n: 2}', '"a"'],
    ['named like a prototype', '{"__proto__":1,"__proto__":2}', '"__proto__"'],
  ])('refuses a member that stands twice %s', (_, text, name) => {
    expect(() => parseStrictJson(text)).toThrow(`The member ${name} stands twice in one object.`);
  });

  test.each([
    '{"a":{"b":1},"b":1}',
    String.raw`{"a":"\"a\":1,{","b":"}"}`,
    '{"a":"a","b":"a"}',
    '[{"a":1},{"a":1}]',
    '{"":1,"a":{"":1}}',
  ])('takes %s, where no member stands twice', (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  test.each([
    ['NUL', String.raw`{"a":"\u0000"}`],
    ['half of a surrogate pair', String.raw`{"a":["\ud800"]}`],
  ])('refuses %s, which cannot be stored', (_, text) => {
    expect(() => parseStrictJson(text)).toThrow('A text has a character that cannot be stored.');
  });

  test.each(['', '{', '{a:1}', '{"a":1}{"b":1}', 'NaN', "{'a':1}", '{"a":1,}', '\u0000'])(
    'refuses %j with a word of ours, not of the parser',
    (text) => {
      expect(() => parseStrictJson(text)).toThrow(new JsonProblem('The body is not JSON.'));
    },
  );

  test('a depth of thirty thousand is at most refused', () => {
    const text = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    expect(() => parseStrictJson(text)).not.toThrow(RangeError);
  });
});
