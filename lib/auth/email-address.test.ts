import { expect, test } from 'vitest';
import { canonicalEmail } from '@/lib/auth/email-address';

test.each([
  ['a@x.example', 'a@x.example'],
  [' Alice.Fox@X.Example ', 'alice.fox@x.example'],
  ['a+tag@x.example', 'a+tag@x.example'],
  ['a@zürich.example', 'a@xn--zrich-kva.example'],
  ['a@xn--zrich-kva.example', 'a@xn--zrich-kva.example'],
  [`${'a'.repeat(64)}@x.example`, `${'a'.repeat(64)}@x.example`],
])('%s is the mailbox %s', (typed, canonical) => {
  expect(canonicalEmail(typed)).toBe(canonical);
});

test.each([
  '',
  'alice',
  'a@x@y.example',
  'a＠x.example',
  'ａ@x.example',
  'a@x．example',
  '"a b"@x.example',
  'a@[127.0.0.1]',
  'a@127.0.0.1',
  'a@localhost',
  'a@x.example\nBcc: b@x.example',
  'a@x.example\0',
  'a b@x.example',
  'а@x.example\u200b',
  '.a@x.example',
  'a..b@x.example',
  `${'a'.repeat(65)}@x.example`,
  `a@${'x'.repeat(250)}.example`,
])('%j is refused', (typed) => {
  expect(canonicalEmail(typed)).toBeUndefined();
});
