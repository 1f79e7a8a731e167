import { expect, test } from 'vitest';
import { type KeyHint, keyHints, wasUsedLately } from '@/lib/api-keys/key-hints';
import type { ApiKeySummary } from '@/lib/api-keys/list-api-keys';

const now = new Date('2026-11-24T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

const fresh: ApiKeySummary = {
  id: '0193c5a2-0000-7000-8000-000000000000',
  name: 'ci',
  prefix: 'tk_0123456789',
  scopes: ['audit_log:read'],
  effectiveScopes: ['audit_log:read'],
  createdBy: { id: '0193c5a2-0000-7000-8000-000000000001', name: 'Alice Fox', active: true },
  createdAt: inDays(-1),
  expiresAt: inDays(89),
  lastUsedAt: null,
  lastUsedIp: null,
  revokedAt: null,
};

test.each<[string, Partial<ApiKeySummary>, KeyHint[]]>([
  ['a new key', {}, []],
  ['a key that was made long ago and never used', { createdAt: inDays(-31) }, ['unused']],
  ['a key that was used long ago', { createdAt: inDays(-90), lastUsedAt: inDays(-31) }, ['unused']],
  ['a key that was used within 30 days', { createdAt: inDays(-90), lastUsedAt: inDays(-29) }, []],
  ['a key that ends in two weeks', { expiresAt: inDays(14) }, ['expires_soon']],
  ['a key without end', { expiresAt: null }, ['never_expires']],
  ['a forgotten key without end', { expiresAt: null, createdAt: inDays(-400) }, ['unused', 'never_expires']],
  ['a key that ended just now', { expiresAt: now, createdAt: inDays(-90) }, ['expired']],
  [
    'a key whose creator left',
    { createdBy: { ...fresh.createdBy, active: false }, expiresAt: null },
    ['creator_deactivated'],
  ],
  ['a revoked key', { revokedAt: inDays(-1), expiresAt: inDays(-2) }, ['revoked']],
])('%s says what an admin should know', (_, change, hints) => {
  expect(keyHints({ ...fresh, ...change }, now)).toEqual(hints);
});

test('a key counts as used lately for a day', () => {
  expect(wasUsedLately({ lastUsedAt: null }, now)).toBe(false);
  expect(wasUsedLately({ lastUsedAt: inDays(-1) }, now)).toBe(true);
  expect(wasUsedLately({ lastUsedAt: inDays(-1.01) }, now)).toBe(false);
});
