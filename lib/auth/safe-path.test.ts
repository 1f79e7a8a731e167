import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safePath } from '@/lib/auth/safe-path';

const site = 'https://audit.example.com';

test.each([
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https:evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '%2f%2fevil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '',
  'account',
  `/${'a'.repeat(3_000)}`,
  undefined,
  ['/account', '/account'],
])('%j leads to the overview, not to another site', (value) => {
  expect(safePath(value)).toBe('/');
});

test.each(['/login', '/login?next=%2F', '/setup', '/api/health', '/api'])(
  '%s is no place to land',
  (value) => {
    expect(safePath(value)).toBe('/');
  },
);

test.each(['/', '/account', '/settings/audit-log?action=scan.*&q=a%20b#event', '/loginx', '/apiary'])(
  '%s is kept',
  (value) => {
    expect(safePath(value)).toBe(value);
  },
);

test('whatever is asked for, the browser stays on this site', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    ':',
    '@',
    '\t',
    '\n',
    ' ',
    '%2f',
    '%5c',
    'evil.example',
    'https:',
    '?',
    '#',
    'a',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.string(),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(text, (value) => {
      const path = safePath(value);
      expect(path.startsWith('/')).toBe(true);
      expect(new URL(path, site).origin).toBe(site);
      // Accepted once, accepted again: what is stored in a form comes back the same.
      expect(safePath(path)).toBe(path);
    }),
    { numRuns: 5_000 },
  );
});
