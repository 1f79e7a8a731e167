import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presets } from './audit-filter';
import { pageSizes } from './page-size';
import { formatAuditSearch, parseAuditSearch, type SearchParams } from './search-params';
import { anyFilter } from './testing/any-filter';

const parse = (query: string, zone = 'UTC') => {
  const params: SearchParams = {};
  for (const [key, value] of new URLSearchParams(query)) params[key] = [params[key] ?? [], value].flat();
  return parseAuditSearch(params, zone);
};
const canonical = (query: string, zone?: string) => formatAuditSearch(parse(query, zone)).toString();

describe('the address of a search', () => {
  test('parse . format = identity, without a notice', () => {
    fc.assert(
      fc.property(anyFilter, fc.constantFrom(...pageSizes), (filter, size) => {
        const address = formatAuditSearch({ filter, size }).toString();
        expect(parse(address, 'Europe/Berlin')).toEqual({ filter, size, notices: [] });
      }),
      { numRuns: 300 },
    );
  });

  test('anything at all is answered with a filter and notices, never an exception', () => {
    const anyParams = fc.dictionary(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          'q',
          'action',
          'not_actor',
          'ip',
          'result',
          'range',
          'from',
          'not_to',
          'size',
          'cursor',
        ),
      ),
      fc.oneof(fc.string(), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(anyParams, (params) => {
        const search = parseAuditSearch(params, 'Europe/Berlin');
        expect(pageSizes).toContain(search.size);
        // What was understood of it is understood again, and nothing remains to tell.
        const again = parse(formatAuditSearch(search).toString(), 'Europe/Berlin');
        expect(again).toEqual({ ...search, notices: [] });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['actr=alice', 'Unknown filter “actr”. It was left out. Did you mean “actor”?'],
    ['user=alice', 'Did you mean “actor”?'],
    ['action=user.fly', 'There is no action “user.fly”'],
    ['action=user.logni', 'Did you mean “user.login”?'],
    ['action=fly.*', 'There is no action “fly.*”'],
    ['result=maybe', 'There is no result “maybe”'],
    ['origin=moon', 'There is no origin “moon”'],
    ['ip=10.1', '“10.1” is not an address'],
    ['ip=10.0.0.0/33', '“10.0.0.0/33” is not an address'],
    ['ip=fe80::1%25eth0', 'is not an address'],
    ['range=1y', 'cannot be “1y”'],
    ['size=1000', 'cannot be “1000”'],
    ['from=yesterday', '“yesterday” is not a date and time'],
    ['from=0000-01-01T00:00Z', '“0000-01-01T00:00Z” is not a date and time'],
    ['from=0000-01-01T00:00', '“0000-01-01T00:00” is not a date and time'],
    ['from=0001-01-01T00:00%2B14:00', '“0001-01-01T00:00+14:00” is not a date and time'],
    ['to=9999-12-31T23:59-14:00', '“9999-12-31T23:59-14:00” is not a date and time'],
    ['from=2026-02-31T00:00Z', '“2026-02-31T00:00Z” is not a date and time'],
    ['from=2026-11-23T10:00&to=2026-11-22T10:00', 'not after its beginning'],
    ['from=2026-11-23T10:00&range=24h', 'Only one range of times can be asked for'],
    ['q=a%00b', 'holds a character that no event can hold'],
    ['size=25&size=50', 'given more than once'],
    [`q=${'x'.repeat(201)}`, 'The filter “q” is longer than 200 characters'],
    [`actor=${'x'.repeat(201)}`, 'The filter “actor” is longer than 200 characters'],
    ['q=a+b+c+d+e+f+g+h+i+j+k', 'A filter has at most 10 parts'],
    [`${'actor=x&'.repeat(2)}${Array.from({ length: 51 }, (_, n) => `target=${n}`).join('&')}`, '50 values'],
  ])('%s is told, not dropped in silence', (query, words) => {
    expect(parse(query).notices.join('\n')).toContain(words);
  });

  test('a thousand faults are told by a few lines', () => {
    const { notices } = parse(Array.from({ length: 1_000 }, (_, n) => `x${n}=1`).join('&'));
    expect(notices).toHaveLength(21);
    expect(notices.at(-1)).toBe('… and 980 more of this kind.');
  });

  test('links of earlier versions mean what they meant', () => {
    expect(parse('q=okafor&action=user.*&actor=ben&result=failure&range=24h&size=25')).toEqual({
      filter: {
        text: { is: ['okafor'], not: [] },
        action: { is: ['user.*'], not: [] },
        actor: { is: ['ben'], not: [] },
        result: { is: ['failure'], not: [] },
        created: { not: false, range: { last: '24h' } },
      },
      size: 25,
      notices: [],
    });
    for (const range of Object.keys(presets)) expect(canonical(`range=${range}`)).toBe(`range=${range}`);
  });

  test('what was typed moves into the parameters, and only words stay in q', () => {
    const typed = encodeURIComponent('action:user.* -actor:"ci bot" created:2026-11-01.. "prod" -test');
    expect(canonical(`q=${typed}&actor=alice`, 'Europe/Berlin')).toBe(
      'q=prod+-test&action=user.*&actor=alice&not_actor=ci+bot&from=2026-10-31T23%3A00%3A00.000Z',
    );
  });

  test('one spelling for each value', () => {
    expect(canonical('ip=203.0.113.9/24&ip=::ffff:203.0.113.0/120&ip=2001:DB8:0::7&ip=192.0.2.1/32')).toBe(
      `ip=${encodeURIComponent('203.0.113.0/24')}&ip=${encodeURIComponent('2001:db8::7')}&ip=192.0.2.1`,
    );
    expect(canonical('action=SCAN.*&result=Failure&origin=API')).toBe(
      'action=scan.*&result=failure&origin=api',
    );
  });

  test('a wall-clock time is read in the reader’s zone and written as an instant', () => {
    expect(canonical('from=2026-11-23T14:00', 'Europe/Berlin')).toBe('from=2026-11-23T13%3A00%3A00.000Z');
  });

  test('empty fields of a form mean nothing was chosen', () => {
    expect(canonical('q=&action=&actor=&result=&range=all&from=&to=&size=50')).toBe('');
  });
});
