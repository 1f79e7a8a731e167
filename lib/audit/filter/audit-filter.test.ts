import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  filterKeys,
  filterValues,
  isOpenEnded,
  isUnfiltered,
  type TimeRange,
  withoutKey,
  withoutValue,
  withValue,
} from './audit-filter';
import { anyFilter, filterText } from './testing/any-filter';

const anyValue = fc.record({ key: fc.constantFrom(...filterKeys), not: fc.boolean(), value: filterText });

describe('a filter changes by one value at a time', () => {
  test('what is added is there once, and taking it away gives the filter before', () => {
    fc.assert(
      fc.property(anyFilter, anyValue, (filter, value) => {
        const before = filterValues(filter);
        fc.pre(!before.some((other) => JSON.stringify(other) === JSON.stringify(value)));
        const added = withValue(filter, value);
        expect(withValue(added, value)).toEqual(added);
        expect(filterValues(added)).toHaveLength(before.length + 1);
        expect(withoutValue(added, value)).toEqual(filter);
      }),
    );
  });

  test('without all of its parts it asks for everything', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const emptied = filterValues(filter).reduce(withoutValue, withoutKey(filter, 'created'));
        expect(emptied).toEqual({});
        expect(isUnfiltered(emptied)).toBe(true);
        expect(isUnfiltered(filter)).toBe(filterValues(filter).length === 0 && !filter.created);
      }),
    );
  });
});

test('only the newest page of a range that has not ended waits for new events', () => {
  const [from, to] = [new Date('2026-11-01'), new Date('2026-11-02')];
  const waits = (not: boolean, range: TimeRange) => isOpenEnded({ filter: { created: { not, range } } });
  expect(isOpenEnded({ filter: {} })).toBe(true);
  expect(isOpenEnded({ filter: {}, cursor: 'o1' })).toBe(false);
  expect([waits(false, { last: '24h' }), waits(true, { last: '24h' })]).toEqual([true, false]);
  expect([waits(false, { from }), waits(true, { from })]).toEqual([true, false]);
  expect([waits(false, { to }), waits(true, { to })]).toEqual([false, true]);
  expect([waits(false, { from, to }), waits(true, { from, to })]).toEqual([false, true]);
});
