import { beforeEach, expect, test, vi } from 'vitest';
import { requirePermission } from '@/lib/auth/actor';
import { confirmIdentity, hasPassword } from '@/lib/auth/confirm-identity';
import { isConfirmed, requireConfirmed } from '@/lib/auth/confirmed';
import { cookieName } from '@/lib/auth/cookies';
import { hashPassword } from '@/lib/auth/password';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { cookieInJar, plantCookie, receive } from '@/test/request';
import { ageProof, anyRequest, signInAs } from '@/test/signed-in';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const page = { 'x-tracekeep-path': '/settings/siem/splunk/new?x=1' };

beforeEach(() => receive(page, { forget: true }));

const toConfirm = {
  digest: expect.stringContaining(';/confirm?next=%2Fsettings%2Fsiem%2Fsplunk%2Fnew%3Fx%3D1;'),
};

test('a page that needs a fresh proof leads whoever gave theirs ten minutes ago to the proof and back', async () => {
  const actor = await signInAs('admin');
  expect(await requireConfirmed('siem.manage')).toMatchObject({ sessionId: actor.sessionId });
  await ageProof(actor, 9);
  expect(await requireConfirmed('siem.manage')).toMatchObject({ sessionId: actor.sessionId });
  await ageProof(actor, 10);
  await expect(requireConfirmed('siem.manage')).rejects.toMatchObject(toConfirm);
});

test('the answer to a form is shown, however long it took to fill in', async () => {
  await ageProof(await signInAs('admin'), 11);
  receive({ ...page, 'x-tracekeep-method': 'POST' });
  expect(await requireConfirmed('siem.manage')).toMatchObject({ user: { role: 'admin' } });
});

test('a proof gives nobody a permission', async () => {
  await signInAs('auditor');
  await expect(requireConfirmed('siem.manage')).rejects.toMatchObject({
    digest: 'NEXT_HTTP_ERROR_FALLBACK;403',
  });
});

test('the right password renews the proof and the cookie; a copy of the old one opens nothing', async () => {
  const actor = await signInAs('admin');
  await db().user.update({
    where: { id: actor.user.id },
    data: { passwordHash: await hashPassword('correct horse battery') },
  });
  await ageProof(actor, 60);
  const stolen = cookieInJar(cookieName('session'))?.value ?? '';

  expect(await confirmIdentity(actor, 'wrong horse battery', anyRequest)).toEqual({ reason: 'refused' });
  expect(await isConfirmed(actor)).toBe(false);
  expect(await confirmIdentity(actor, 'correct horse battery', anyRequest)).toBeUndefined();
  expect(await isConfirmed(actor)).toBe(true);
  expect(await requirePermission('siem.manage')).toMatchObject({ sessionId: actor.sessionId });

  plantCookie(cookieName('session'), stolen);
  await expect(requirePermission('siem.manage')).rejects.toMatchObject({
    digest: expect.stringContaining('/login'),
  });

  const failures = await db().auditEvent.findMany({
    where: { organizationId: actor.organization.id },
    orderBy: { seq: 'asc' },
  });
  expect(failures.map(({ record }) => JSON.parse(record))).toMatchObject([
    { action: 'user.login' },
    {
      action: 'user.login_failed',
      outcome: 'failure',
      targets: [{ id: actor.user.id }],
      metadata: { method: 'email', reason: 'wrong_password' },
    },
  ]);
});

test('guesses are throttled like those at the sign-in', async () => {
  const actor = await signInAs('admin');
  expect(await confirmIdentity(actor, 'guess', anyRequest)).toEqual({ reason: 'refused' });
  // Each failure after the fifth doubles the wait, so a slow machine only needs a few more.
  await expect
    .poll(() => confirmIdentity(actor, 'guess', anyRequest), { interval: 1, timeout: 20_000 })
    .toMatchObject({ reason: 'throttled' });
});

test('who signs in through a provider only has no password', async () => {
  const actor = await signInAs('admin');
  expect(await hasPassword(actor.user.id)).toBe(true);
  await db().user.update({ where: { id: actor.user.id }, data: { passwordHash: null } });
  expect(await hasPassword(actor.user.id)).toBe(false);
});
