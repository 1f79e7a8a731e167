import { describe, expect, test } from 'vitest';
import { legible, legibleJson, legibleTree } from './legible';

describe('recorded text as it is shown', () => {
  test.each([
    ['a right-to-left override', 'invoice\u202Egpj.exe', 'invoice[U+202E]gpj.exe'],
    ['an isolate', '\u2067evil\u2069', '[U+2067]evil[U+2069]'],
    ['a zero-width space', 'ad\u200Bmin', 'ad[U+200B]min'],
    ['a terminal escape and a line break', '\u001B[2J\r\nok', '[U+001B][2J[U+000D][U+000A]ok'],
  ])('%s becomes visible', (_, text, shown) => expect(legible(text)).toBe(shown));

  test.each(['Ünal Çelik', '中村 光', 'محمد', 'می‌خواهم', '👩‍💻', '<b>&"'])('%s stays as it is', (text) =>
    expect(legible(text)).toBe(text),
  );

  test('a tree keeps its shape and its other values', () => {
    expect(legibleTree({ a: ['\u202E', 1, true], '\u202E': { b: null } })).toEqual({
      a: ['[U+202E]', 1, true],
      '[U+202E]': { b: null },
    });
  });

  test('JSON stays the same value', () => {
    const json = JSON.stringify({ name: 'x\u202Ey\u0007', list: ['\u200B\n'] });
    expect(legibleJson(json)).not.toMatch(/[\u202E\u200B]/);
    expect(JSON.parse(legibleJson(json))).toEqual(JSON.parse(json));
  });
});
