import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditActions } from './catalog';
import {
  type AuditFilter,
  formatAuditSearch,
  pageSizes,
  parseAuditSearch,
  type Range,
  ranges,
  type SearchParams,
} from './filter';

const parse = (query: string, zone = 'UTC') => {
  const params: SearchParams = {};
  for (const [key, value] of new URLSearchParams(query)) params[key] = [params[key] ?? [], value].flat();
  return parseAuditSearch(params, zone);
};

const plainText = fc
  .string({ minLength: 1, maxLength: 60 })
  .filter((text) => text === text.trim() && text !== '');
const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const anyFilter: fc.Arbitrary<AuditFilter> = fc
  .record(
    {
      actions: fc.uniqueArray(fc.constantFrom(...auditActions, 'scan.*', 'user.*', 'organization.auth.*'), {
        maxLength: 6,
      }),
      range: fc.constantFrom(...(Object.keys(ranges) as Range[])),
      actor: plainText,
      outcome: fc.constantFrom('success' as const, 'failure' as const),
      text: plainText,
    },
    { requiredKeys: ['actions', 'range'] },
  )
  .chain((filter) =>
    fc.oneof(
      fc.constant(filter),
      fc.tuple(instant, instant).map(([a, b]) => {
        const [from, to] = a < b ? [a, b] : [b, new Date(a.getTime() + 1)];
        return { ...filter, range: 'all' as const, from, to };
      }),
    ),
  );

describe('the address of a search', () => {
  test('parse . format = identity, without a notice', () => {
    fc.assert(
      fc.property(anyFilter, fc.constantFrom(...pageSizes), (filter, size) => {
        const address = formatAuditSearch({ filter, size }).toString();
        expect(parse(address)).toEqual({ filter, size, notices: [] });
      }),
    );
  });

  test('anything at all is answered with a filter and notices, never an exception', () => {
    const anyParams = fc.dictionary(
      fc.oneof(
        fc.string(),
        fc.constantFrom('q', 'action', 'actor', 'result', 'range', 'from', 'to', 'size', 'cursor'),
      ),
      fc.oneof(fc.string(), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(anyParams, (params) => {
        const search = parseAuditSearch(params, 'Europe/Berlin');
        expect(pageSizes).toContain(search.size);
        expect(Object.keys(ranges)).toContain(search.filter.range);
      }),
    );
  });

  test.each([
    ['actr=alice', 'There is no filter “actr”'],
    ['action=user.fly', 'There is no action “user.fly”'],
    ['action=fly.*', 'There is no action “fly.*”'],
    ['result=maybe', 'There is no result “maybe”'],
    ['range=1y', 'cannot be “1y”'],
    ['size=1000', 'cannot be “1000”'],
    ['from=yesterday', '“yesterday” is not a date and time'],
    ['from=0000-01-01T00:00Z', '“0000-01-01T00:00Z” is not a date and time'],
    ['from=0000-01-01T00:00', '“0000-01-01T00:00” is not a date and time'],
    ['from=0001-01-01T00:00%2B14:00', '“0001-01-01T00:00+14:00” is not a date and time'],
    ['to=9999-12-31T23:59-14:00', '“9999-12-31T23:59-14:00” is not a date and time'],
    ['from=2026-02-31T00:00Z', '“2026-02-31T00:00Z” is not a date and time'],
    ['from=2026-11-23T10:00&to=2026-11-22T10:00', 'not after its beginning'],
    ['q=a%00b', 'holds a character that no event can hold'],
    ['actor=a&actor=b', 'given more than once'],
    [`q=${'x'.repeat(201)}`, 'longer than 200 characters'],
  ])('%s is told, not dropped in silence', (query, words) => {
    expect(parse(query).notices.join()).toContain(words);
  });

  test('a wall-clock time is read in the reader’s zone and written as an instant', () => {
    const { filter } = parse('from=2026-11-23T14:00', 'Europe/Berlin');
    expect(formatAuditSearch({ filter }).toString()).toBe('from=2026-11-23T13%3A00%3A00.000Z');
  });

  test('empty fields of a form mean nothing was chosen', () => {
    expect(formatAuditSearch(parse('q=&action=&actor=&result=&range=all&from=&to=&size=50')).toString()).toBe(
      '',
    );
  });
});
