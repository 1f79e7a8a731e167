import fc from 'fast-check';
import { auditActions } from '@/lib/audit/catalog';
import { actionFamilies } from '@/lib/audit/filter/action-families';
import {
  type AuditFilter,
  type Created,
  type FilterKey,
  filterKeys,
  filterLimits,
  type Match,
  type Preset,
  presets,
} from '@/lib/audit/filter/audit-filter';
import { origins, results } from '@/lib/audit/filter/vocabulary';

/** What somebody might type who means harm, or has an odd name. */
export const hostileTexts = [
  "' OR 1=1 --",
  "'; DROP TABLE audit_event; --",
  '%',
  '_',
  '\\',
  '\\%',
  '50%_off\\',
  '$1',
  '"',
  '"quoted" \\"twice\\"',
  'a,b',
  '-a',
  '--',
  'actor:x',
  '-created:24h',
  'https://example.com/a b',
  'javascript:alert(1)',
  '=HYPERLINK("x")',
  'fe80::1%eth0',
  '::',
  '__proto__',
  '{"a":[1]}',
  '😀 \u202Egpj',
  'line\nbreak',
] as const;

/** Text that a filter can hold: well-formed, not blank, neither longer than the limit nor with a NUL. */
export const filterText: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 40 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    fc.constantFrom(...hostileTexts),
  )
  .map((text) => text.trim().toWellFormed())
  .filter((text) => text !== '' && !text.includes('\0') && text.length <= filterLimits.valueLength);

const actionText = fc.constantFrom(
  ...auditActions,
  ...actionFamilies(auditActions).map((name) => `${name}.*`),
);
const ipText = fc.constantFrom(
  '203.0.113.7',
  '203.0.113.0/24',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '2001:db8::7',
  '2001:db8::/32',
  '::1',
);

const anyValue: Record<FilterKey, fc.Arbitrary<string>> = {
  text: filterText,
  action: actionText,
  actor: filterText,
  target: filterText,
  result: fc.constantFrom(...results),
  ip: ipText,
  origin: fc.constantFrom(...origins),
  request: filterText,
  session: filterText,
};

function anyMatch(key: FilterKey): fc.Arbitrary<Match> {
  const values = fc.uniqueArray(anyValue[key], { maxLength: key === 'text' ? 2 : 4 });
  return fc.record({ is: values, not: values }).filter(({ is, not }) => is.length + not.length > 0);
}

const instant = fc.oneof(
  fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => new Date(`${date.toISOString().slice(0, 10)}T00:00Z`)),
  // The nights in which the clocks of Berlin change.
  fc.integer({ min: -90, max: 90 }).map((minutes) => new Date(Date.UTC(2026, 9, 25, 1) + minutes * 60_000)),
  fc.integer({ min: -90, max: 90 }).map((minutes) => new Date(Date.UTC(2026, 2, 29, 1) + minutes * 60_000)),
);

const anyCreated: fc.Arbitrary<Created> = fc.record({
  not: fc.boolean(),
  range: fc.oneof(
    fc.constantFrom(...(Object.keys(presets) as Preset[])).map((last) => ({ last })),
    instant.map((from) => ({ from })),
    instant.map((to) => ({ to })),
    fc.tuple(instant, instant).map(([a, b]) => {
      const [from, to] = a < b ? [a, b] : [b, new Date(a.getTime() + 1)];
      return { from, to };
    }),
  ),
});

/** Any filter that the parsers can make, each within the limits. */
export const anyFilter: fc.Arbitrary<AuditFilter> = fc
  .tuple(
    fc
      .uniqueArray(fc.constantFrom(...filterKeys), { maxLength: 3 })
      .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, anyMatch(key)])))),
    fc.option(anyCreated, { nil: undefined }),
  )
  .map(([matches, created]) => ({ ...matches, ...(created && { created }) }));
