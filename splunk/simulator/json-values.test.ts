import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { members } from '@/splunk/simulator/json-scan';
import { jsonValues } from '@/splunk/simulator/json-values';

function taken(body: string, rejectArrays = false): (string | undefined)[] {
  return [...jsonValues(Buffer.from(body), rejectArrays)].map(
    (value) => value && Buffer.from(value).toString(),
  );
}

const whitespace = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const jsonObject = fc
  .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
  .map((value) => JSON.stringify(value));

describe('taking a body apart', () => {
  it('returns each of any concatenated objects byte for byte', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(jsonObject, whitespace)), (objects) => {
        expect(taken(objects.flat().join(''))).toEqual(objects.map(([object]) => object));
      }),
    );
  });

  it('treats the elements of an array as if they stood alone', () => {
    fc.assert(
      fc.property(fc.array(jsonObject), whitespace, (objects, space) => {
        const body = `[${space}${objects.join(`${space},${space}`)}${space}]`;
        expect(taken(body)).toEqual(objects);
        expect(taken(body + body)).toEqual([...objects, ...objects]);
      }),
    );
  });

  it('says where a body was cut, never inventing an object', () => {
    fc.assert(
      fc.property(fc.array(jsonObject, { minLength: 1 }), fc.nat(), (objects, cut) => {
        const bytes = Buffer.from(objects.join(''));
        const part = bytes.subarray(0, cut % bytes.length);
        const values = [...jsonValues(part, false)].map((value) => value && Buffer.from(value).toString());
        const whole = values.filter((value) => value !== undefined);
        expect(whole).toEqual(objects.slice(0, whole.length));
        expect(values.length - whole.length).toBe(Buffer.byteLength(whole.join('')) === part.length ? 0 : 1);
      }),
    );
  });

  it.each([
    ['a comma between objects', '{"a":1},{"b":2}', ['{"a":1}', undefined]],
    ['a missing comma in an array', '[{"a":1}{"b":2}]', ['{"a":1}', undefined]],
    ['a trailing comma in an array', '[{"a":1},]', ['{"a":1}', undefined]],
    ['an unclosed array', '[{"a":1}', ['{"a":1}', undefined]],
    ['a closer without an opener', '{"a":1}}', ['{"a":1}', undefined]],
    ['an empty array', '[] {"a":1}', ['{"a":1}']],
    ['words', 'not json', ['not', 'json']],
    ['mismatched closers, for JSON.parse to refuse', '{"a":[1}]', ['{"a":[1}]']],
    [
      'braces and quotes inside strings',
      String.raw`{"a":"}\"{"}{"b":"\\"}`,
      [String.raw`{"a":"}\"{"}`, String.raw`{"b":"\\"}`],
    ],
  ])('%s', (_case, body, expected) => {
    expect(taken(body)).toEqual(expected);
  });

  it('breaks at an array where arrays are refused', () => {
    expect(taken('{"a":1}[{"b":2}]', true)).toEqual(['{"a":1}', undefined]);
  });

  it('refuses nesting that would exhaust a stack', () => {
    expect(taken('{"a":'.repeat(100_000))).toEqual([undefined]);
    expect(taken(`{"a":${'['.repeat(600)}${']'.repeat(600)}}`)).toEqual([undefined]);
  });
});

describe('members of an object', () => {
  it('gives each key with the exact bytes of its value, duplicates included', () => {
    const object = Buffer.from('{ "a" : 1.50e0 ,"\\u0062":{"c":"}"}, "a":[ 1 ]}');
    expect([...members(object)].map(([key, value]) => [key, Buffer.from(value).toString()])).toEqual([
      ['a', '1.50e0'],
      ['b', '{"c":"}"}'],
      ['a', '[ 1 ]'],
    ]);
  });

  it('agrees with JSON.parse on any object', () => {
    fc.assert(
      fc.property(jsonObject, (object) => {
        const read = [...members(Buffer.from(object))].map(([key, value]) => [
          key,
          JSON.parse(Buffer.from(value).toString()),
        ]);
        expect(read).toEqual(Object.entries(JSON.parse(object)));
      }),
    );
  });
});
