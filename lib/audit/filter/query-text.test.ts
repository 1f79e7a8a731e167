import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditFilter } from './audit-filter';
import { parseQuery, printQuery } from './query-text';
import { anyFilter, filterText } from './testing/any-filter';

const filterOf = (query: string, zone = 'UTC'): AuditFilter => parseQuery(query, zone).filter;
const is = (...values: string[]) => ({ is: values, not: [] });
const not = (...values: string[]) => ({ is: [], not: values });

describe('the query language', () => {
  test('parse . print = identity, without a notice, in every zone', () => {
    fc.assert(
      fc.property(
        anyFilter,
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland', 'America/Sao_Paulo'),
        (filter, zone) => {
          expect(parseQuery(printQuery(filter, zone), zone)).toEqual({ filter, notices: [] });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any text is a query', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), filterText), (query) => {
        const { filter } = parseQuery(query, 'UTC');
        expect(filterOf(printQuery(filter, 'UTC'))).toEqual(filter);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[query: string, filter: AuditFilter]>([
    ['', {}],
    ['action:scan.start', { action: is('scan.start') }],
    ['action:user.*,scan.start', { action: is('user.*', 'scan.start') }],
    ['action:user.* action:scan.start', { action: is('user.*', 'scan.start') }],
    ['-actor:"ci bot"', { actor: not('ci bot') }],
    ['actor:ben -actor:"ben b"', { actor: { is: ['ben'], not: ['ben b'] } }],
    ['ACTOR:Ben', { actor: is('Ben') }],
    ['actor:"a \\"b\\" \\\\c",d', { actor: is('a "b" \\c', 'd') }],
    ['actor:"never closed', { actor: is('never closed') }],
    ['ip:10.0.0.0/8,2001:db8::7', { ip: is('10.0.0.0/8', '2001:db8::7') }],
    ['prod -test "two words"', { text: { is: ['prod', 'two words'], not: ['test'] } }],
    ['2001:db8', { text: is('2001:db8') }],
    ['dead:beef::1', { text: is('dead:beef::1') }],
    ['https://acme.example/x', { text: is('https://acme.example/x') }],
    ['"actor:x"', { text: is('actor:x') }],
    ['- --a', { text: { is: ['-'], not: ['-a'] } }],
    ['created:24h', { created: { not: false, range: { last: '24h' } } }],
    ['-created:7d', { created: { not: true, range: { last: '7d' } } }],
  ])('%s', (query, filter) => {
    expect(parseQuery(query, 'UTC')).toEqual({ filter, notices: [] });
  });

  test.each([
    ['actr:alice', 'Unknown filter “actr”. It was left out. Did you mean “actor”?'],
    ['source:api', 'Unknown filter “source”. It was left out. Did you mean “origin”?'],
    ['constructor:x', 'Unknown filter “constructor”. It was left out.'],
    ['xyzzy:x', 'Unknown filter “xyzzy”. It was left out.'],
    ['actor:', 'The filter “actor” has no value.'],
    ['action:user.fly', 'There is no action “user.fly”'],
    ['created:yesterday', '“yesterday” is not a time. Write it like 24h'],
    ['created:2026-11-02..2026-11-01', 'is not a time'],
    ['created:..', 'is not a time'],
    ['created:2026-11-01..x', 'is not a time'],
    ['created:24h created:7d', 'Only one range of times can be asked for. “created:7d” was left out.'],
  ])('%s is told, not dropped in silence', (query, words) => {
    expect(parseQuery(query, 'UTC').notices.join('\n')).toContain(words);
  });
});

describe('times are the reader’s', () => {
  test.each([
    ['2026-11-01', '2026-10-31T23:00:00.000Z', '2026-11-01T23:00:00.000Z'],
    ['2026-11-01..2026-11-07', '2026-10-31T23:00:00.000Z', '2026-11-07T23:00:00.000Z'],
    ['2026-11-01..', '2026-10-31T23:00:00.000Z', undefined],
    ['..2026-11-07', undefined, '2026-11-07T23:00:00.000Z'],
    ['>=2026-11-01', '2026-10-31T23:00:00.000Z', undefined],
    ['>2026-11-01', '2026-11-01T23:00:00.000Z', undefined],
    ['<2026-11-01', undefined, '2026-10-31T23:00:00.000Z'],
    ['<=2026-11-01', undefined, '2026-11-01T23:00:00.000Z'],
    ['2026-11-01T14:00', '2026-11-01T13:00:00.000Z', '2026-11-01T13:01:00.000Z'],
    ['2026-11-01T14:00:05', '2026-11-01T13:00:05.000Z', '2026-11-01T13:00:06.000Z'],
    ['2026-11-01T14:00..2026-11-01T15:30', '2026-11-01T13:00:00.000Z', '2026-11-01T14:30:00.000Z'],
    ['2026-11-01T14:00Z..', '2026-11-01T14:00:00.000Z', undefined],
    // The day on which summer time ends has 25 hours.
    ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ])('created:%s', (text, from, to) => {
    const { created } = filterOf(`created:${text}`, 'Europe/Berlin');
    expect(created).toEqual({
      not: false,
      range: { ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) },
    });
  });

  test.each([
    'created:2026-11-01..2026-11-07',
    'created:>=2026-11-01',
    'created:<2026-11-08',
    '-created:2026-11-01T14:00..2026-11-01T15:30',
    'action:user.* -actor:"ci bot" created:24h prod',
  ])('%s is printed as it was typed', (query) => {
    expect(printQuery(filterOf(query, 'Europe/Berlin'), 'Europe/Berlin')).toBe(query);
  });
});
