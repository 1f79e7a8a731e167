import { hash } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { UserError } from '@/lib/action/user-error';
import { hashPassword, needsRehash, verifyPassword } from '@/lib/auth/password';

test('a hash is argon2id with 19 MiB and two passes, salted, and verifies only its own password', async () => {
  const [first, second] = await Promise.all([hashPassword('violet harbour'), hashPassword('violet harbour')]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toBe(second);
  expect(await verifyPassword(first, 'violet harbour')).toBe(true);
  expect(await verifyPassword(first, 'violet harbour ')).toBe(false);
});

test('the same characters typed on another keyboard are the same password', async () => {
  expect(await verifyPassword(await hashPassword('caf\u00e9 ﬁn'), 'cafe\u0301 fin')).toBe(true);
});

test('without a hash the answer is no', async () => {
  expect(await verifyPassword(undefined, 'violet harbour')).toBe(false);
  expect(await verifyPassword(null, '')).toBe(false);
});

test('a hash below the policy is replaced at the next sign-in, one at or above it is kept', async () => {
  expect(needsRehash(await hash('x', { memoryCost: 8_192, timeCost: 2 }))).toBe(true);
  expect(needsRehash(await hash('x', { memoryCost: 19_456, timeCost: 1 }))).toBe(true);
  expect(needsRehash(await hashPassword('x'))).toBe(false);
  expect(needsRehash('$2b$12$abcdefghijklmnopqrstuv')).toBe(true);
});

test('of 120 sign-ins at once the server works on four, lets 100 wait, and asks the rest to come again', async () => {
  const results = await Promise.allSettled(Array.from({ length: 120 }, () => hashPassword('x')));
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toHaveLength(120 - 104);
  expect(refused.every((reason) => reason instanceof UserError)).toBe(true);
  // The queue is empty again, not stuck.
  expect(await hashPassword('x')).toMatch(/^\$argon2id/);
});
