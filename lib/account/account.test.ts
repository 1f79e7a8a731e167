import { beforeEach, expect, test, vi } from 'vitest';
import { updateName } from '@/lib/account/update-name';
import { updatePassword } from '@/lib/account/update-password';
import { UserError } from '@/lib/action/user-error';
import { currentActor } from '@/lib/auth/actor';
import type { Actor } from '@/lib/auth/actor-source';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import { endOtherSessions, findActor, listSessions, startSession } from '@/lib/auth/session';
import { readSessionToken } from '@/lib/auth/session-token';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { receive } from '@/test/request';
import { ageProof, anyRequest, signInAs } from '@/test/signed-in';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

beforeEach(() => receive(undefined, { forget: true }));

const currentPassword = 'violet harbour clockwork 9';
const newPassword = 'seven quiet lanterns drift';

async function signedIn(): Promise<Actor> {
  const actor = await signInAs('member');
  await db().user.update({
    where: { id: actor.user.id },
    data: { passwordHash: await hashPassword(currentPassword) },
  });
  return actor;
}

async function hashOf({ user }: Actor) {
  return (await db().user.findUniqueOrThrow({ where: { id: user.id } })).passwordHash;
}

/** What was recorded after signing in. */
async function recordedFor({ organization }: Actor) {
  const rows = await db().auditEvent.findMany({
    where: { organizationId: organization.id, action: { not: 'user.login' } },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ record }) => JSON.parse(record));
}

/** Makes every write to the log fail while `work` runs. */
async function withFullDisk(work: () => Promise<unknown>): Promise<void> {
  await db().$executeRaw`ALTER TABLE audit_event ADD CONSTRAINT full_disk CHECK (false) NOT VALID`;
  try {
    await work();
  } finally {
    await db().$executeRaw`ALTER TABLE audit_event DROP CONSTRAINT full_disk`;
  }
}

test('a new name is recorded with the old one, and the same name is no change', async () => {
  const actor = await signedIn();
  await updateName(actor, 'Alice Brown', anyRequest);
  await updateName(actor, 'Alice Brown', anyRequest);
  expect(await recordedFor(actor)).toMatchObject([
    {
      action: 'user.update_name',
      actor: { type: 'user', id: actor.user.id, name: 'Alice Fox', role: 'member' },
      targets: [{ type: 'user', id: actor.user.id, name: 'Alice Brown' }],
      changes: [{ field: 'name', from: 'Alice Fox', to: 'Alice Brown' }],
      context: { session_id: actor.sessionId, ip: anyRequest.ip, origin: 'console' },
    },
  ]);
  expect(await currentActor()).toMatchObject({ user: { name: 'Alice Brown' } });
});

test('of two new names at once each is recorded with what it replaced', async () => {
  const actor = await signedIn();
  await Promise.all(['Ada', 'Eve'].map((name) => updateName(actor, name, anyRequest)));
  const [first, second] = (await recordedFor(actor)).map(({ changes }) => changes[0]);
  expect(first.from).toBe('Alice Fox');
  expect(second.from).toBe(first.to);
  expect(await currentActor()).toMatchObject({ user: { name: second.to } });
});

test('a new password ends every other session, gives this one another cookie, and is recorded without itself', async () => {
  const actor = await signedIn();
  const other = await startSession(actor.user.id, 'email', anyRequest);
  const before = (await readSessionToken()) ?? '';
  await ageProof(actor, 60);

  expect(await updatePassword(actor, { currentPassword, newPassword }, anyRequest)).toBeUndefined();
  expect(await verifyPassword(await hashOf(actor), newPassword)).toBe(true);
  expect(await findActor(other)).toBeUndefined();
  expect(await findActor(before)).toBeUndefined();
  expect(await findActor((await readSessionToken()) ?? '')).toMatchObject({ sessionId: actor.sessionId });
  const recorded = await recordedFor(actor);
  expect(recorded).toMatchObject([
    {
      action: 'user.update_password',
      actor: { id: actor.user.id },
      targets: [{ type: 'user', id: actor.user.id }],
      metadata: { sessions_ended: 1 },
    },
  ]);
  expect(JSON.stringify(recorded)).not.toMatch(/lanterns|clockwork|argon2/);
});

test('without the current password nothing changes, and the failure is recorded', async () => {
  const actor = await signedIn();
  const hash = await hashOf(actor);
  const wrong = { currentPassword: 'not the password at all', newPassword };
  expect(await updatePassword(actor, wrong, anyRequest)).toEqual({ reason: 'refused' });
  expect(await hashOf(actor)).toBe(hash);
  expect(await recordedFor(actor)).toMatchObject([
    { action: 'user.login_failed', metadata: { reason: 'wrong_password' } },
  ]);
});

test.each([
  ['short', 'short', /at least 12 characters/],
  ['made of what everybody knows of its owner', 'Acme.Security.1', /easy to guess/],
  ['the one in use', currentPassword, /the password you have/],
])('a new password that is %s is refused at its field', async (_what, refused, words) => {
  const actor = await signedIn();
  const hash = await hashOf(actor);
  const attempt = updatePassword(actor, { currentPassword, newPassword: refused }, anyRequest);
  await expect(attempt).rejects.toThrow(words);
  await expect(attempt).rejects.toBeInstanceOf(UserError);
  await expect(attempt).rejects.toMatchObject({ field: 'newPassword' });
  expect(await hashOf(actor)).toBe(hash);
});

test('what cannot be recorded does not happen', async () => {
  const actor = await signedIn();
  const hash = await hashOf(actor);
  const token = (await readSessionToken()) ?? '';
  const other = await startSession(actor.user.id, 'email', anyRequest);
  await withFullDisk(async () => {
    await expect(updateName(actor, 'Eve', anyRequest)).rejects.toThrow();
    await expect(updatePassword(actor, { currentPassword, newPassword }, anyRequest)).rejects.toThrow();
    await expect(endOtherSessions(actor, anyRequest)).rejects.toThrow();
  });
  expect(await currentActor()).toMatchObject({ user: { name: 'Alice Fox' } });
  expect(await hashOf(actor)).toBe(hash);
  expect(await findActor(other)).toBeDefined();
  expect(await findActor(token)).toBeDefined();
});

test('ending all other sessions leaves this one, and is recorded once', async () => {
  const actor = await signedIn();
  for (let other = 1; other <= 2; other += 1) await startSession(actor.user.id, 'email', anyRequest);
  expect(await endOtherSessions(actor, anyRequest)).toBe(2);
  expect(await endOtherSessions(actor, anyRequest)).toBe(0);
  expect(await listSessions(actor.user.id)).toMatchObject([{ id: actor.sessionId }]);
  expect(await recordedFor(actor)).toMatchObject([
    { action: 'user.logout', metadata: { scope: 'others', sessions_ended: 2 } },
  ]);
});
