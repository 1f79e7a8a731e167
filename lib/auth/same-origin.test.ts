import { expect, test } from 'vitest';
import { isSameOrigin } from '@/lib/auth/same-origin';

// PUBLIC_URL is http://localhost:3000 in tests.
test.each<[Record<string, string>, boolean]>([
  [{ origin: 'http://localhost:3000' }, true],
  [{ origin: 'http://127.0.0.1:3000' }, true],
  [{ origin: 'http://[::1]:3000' }, true],
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{}, false],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'none' }, false],
  [{ origin: 'null' }, false],
  [{ origin: '' }, false],
  [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, false],
  [{ origin: 'https://localhost:3000' }, false],
  [{ origin: 'http://localhost:3001' }, false],
  [{ origin: 'http://localhost' }, false],
  [{ origin: 'http://localhost:3000/' }, false],
  [{ origin: 'http://localhost:3000, http://localhost:3000' }, false],
  [{ origin: 'http://localhost.evil.example:3000' }, false],
  [{ origin: 'http://evil.example' }, false],
  [{ origin: 'http://evil.example', 'x-forwarded-host': 'evil.example', host: 'evil.example' }, false],
  [{ origin: '::::' }, false],
])('%j is our own: %s', (headers, own) => {
  expect(isSameOrigin(new Headers(headers))).toBe(own);
});
