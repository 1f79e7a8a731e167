import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { examine } from '@/lib/scans/checks/all-checks';
import { compare } from '@/lib/scans/checks/compare';
import { checkOf, isProblem, type Severity } from '@/lib/scans/checks/finding';
import { gradeOf } from '@/lib/scans/checks/grade';
import { answerWith, sightOf } from '@/lib/scans/testing/sights';

const hardened = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

test('a hardened page passes every check, a bare one fails those of its headers, the worst first', () => {
  const good = examine(sightOf(answerWith(hardened), { plain: 'closed' }));
  expect(good.filter(isProblem)).toEqual([]);
  expect(good).toHaveLength(12);
  expect(gradeOf(good)).toBe('A');
  const bare = examine(sightOf(answerWith()));
  expect(bare.filter(isProblem).map(({ id }) => id)).toEqual([
    'hsts.missing',
    'csp.missing',
    'framing.missing',
    'nosniff.missing',
    'coop.missing',
    'referrer.missing',
  ]);
  expect(gradeOf(bare)).toBe('D');
});

test.each<[Severity[], string]>([
  [[], 'A'],
  [['info', 'info', 'pass'], 'A'],
  [['low', 'low'], 'A'],
  [['low', 'low', 'low'], 'B'],
  [['medium', 'low', 'low'], 'B'],
  [['medium', 'medium'], 'C'],
  [['medium', 'medium', 'medium', 'low'], 'D'],
  [['medium', 'medium', 'medium', 'medium', 'low'], 'E'],
  [['medium', 'medium', 'medium', 'medium', 'medium'], 'F'],
  [['high'], 'F'],
])('%j is graded %s', (found, grade) => expect(gradeOf(found.map((severity) => ({ severity })))).toBe(grade));

describe('compared with the run before', () => {
  const found = (...ids: string[]) =>
    ids.map((id) => ({ id, severity: id.includes('.') ? ('low' as const) : ('pass' as const), title: id }));
  test('what appeared is new, what went away is fixed, what stayed is neither', () => {
    const difference = compare(
      found('csp.missing', 'coop.missing', 'hsts'),
      found('csp.wildcard', 'coop.missing', 'hsts.off'),
    );
    expect(difference.new).toEqual(['csp.wildcard', 'hsts.off']);
    expect(difference.fixed).toEqual(found('csp.missing'));
  });
  test('what could not be looked at this time is not fixed', () => {
    expect(compare(found('csp.missing', 'tls.outdated'), found('certificate.expired'))).toEqual({
      new: ['certificate.expired'],
      fixed: [],
    });
    expect(compare(found('csp.missing'), found('csp')).fixed).toHaveLength(1);
  });
});

test('whatever a server says, evidence is one bounded line of printable text, and ids belong to their check', () => {
  const names = [
    ...Object.keys(hardened),
    'x-frame-options',
    'set-cookie',
    'server',
    'x-powered-by',
    'location',
    'content-security-policy-report-only',
  ];
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom(...names),
        fc.array(fc.string({ unit: 'binary', maxLength: 600 }), { maxLength: 3 }),
      ),
      fc.string({ unit: 'binary', maxLength: 2_000 }),
      fc.integer({ min: 200, max: 599 }),
      (headers, body, status) => {
        const findings = examine(sightOf(answerWith(headers, { body, status })));
        for (const { id, evidence, title, remedy } of findings) {
          expect(evidence).toMatch(/^[\x20-\x7e]{1,300}$/);
          expect(title).not.toBe('');
          expect(id.startsWith(checkOf({ id }))).toBe(true);
          expect(remedy === '').toBe(!id.includes('.'));
        }
      },
    ),
  );
});
