import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { lookUpActor } from '@/lib/auth/look-up-actor';
import { renewSession } from '@/lib/auth/renew-session';
import { endAllSessions, endSession, findActor, listSessions, startSession } from '@/lib/auth/session';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const request = {
  ip: '203.0.113.24',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
  requestId: '01a209dd-dc4f-7400-8e67-a4d56ae69c60',
  path: '/',
};

async function signedIn() {
  const { organization, actor } = await createOrganization();
  const userId = actor.id ?? '';
  const token = await startSession(userId, 'email', request);
  const found = await findActor(token);
  if (!found) throw new Error('the new session is not found');
  return { token, userId, organization, actor: found };
}

async function eventsOf(organizationId: string) {
  const rows = await db().auditEvent.findMany({ where: { organizationId }, orderBy: { seq: 'asc' } });
  return rows.map(({ record }) => JSON.parse(record));
}

test('a session is 256 random bits of which the database holds the SHA-256, and begins with user.login', async () => {
  const { token, userId, organization, actor } = await signedIn();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const rows = await db().session.findMany({ where: { userId } });
  expect(rows).toMatchObject([
    { id: actor.sessionId, method: 'email', ip: request.ip, userAgent: request.userAgent },
  ]);
  expect(Buffer.from(rows[0]?.tokenHash ?? []).toString('hex')).toBe(
    createHash('sha256').update(token).digest('hex'),
  );
  expect(JSON.stringify(rows)).not.toContain(token);

  expect(await eventsOf(organization.id)).toMatchObject([
    {
      action: 'user.login',
      actor: { type: 'user', id: userId, role: 'admin' },
      context: {
        ip: request.ip,
        user_agent: request.userAgent,
        session_id: actor.sessionId,
        origin: 'console',
      },
      metadata: { method: 'email' },
    },
  ]);
});

test('without its event there is no session', async () => {
  const { organization, actor } = await createOrganization();
  await db().$executeRaw`ALTER TABLE audit_event ADD CONSTRAINT full_disk CHECK (false) NOT VALID`;
  try {
    await expect(startSession(actor.id ?? '', 'email', request)).rejects.toThrow();
  } finally {
    await db().$executeRaw`ALTER TABLE audit_event DROP CONSTRAINT full_disk`;
  }
  expect(await db().session.count({ where: { organizationId: organization.id } })).toBe(0);
});

test.each([
  ['unused for longer than the idle limit', `last_seen_at = now() - interval '31 minutes'`],
  ['past its absolute end, however busy', `expires_at = now() - interval '1 second'`],
  ['revoked', `revoked_at = now()`],
])('a session %s is nobody', async (_name, change) => {
  const { token, actor } = await signedIn();
  await db().$executeRawUnsafe(`UPDATE session SET ${change} WHERE id = $1::uuid`, actor.sessionId);
  expect(await findActor(token)).toBeUndefined();
  expect(await lookUpActor({ sessionId: actor.sessionId })).toBeUndefined();
  expect(await listSessions(actor.user.id)).toEqual([]);
});

test('the absolute end is twelve hours after signing in, by the clock of the database', async () => {
  const { actor } = await signedIn();
  const rows = await db().$queryRaw`
    SELECT EXTRACT(EPOCH FROM expires_at - created_at)::int AS seconds FROM session WHERE id = ${actor.sessionId}::uuid`;
  expect(rows).toEqual([{ seconds: 12 * 3_600 }]);
});

test('a change of role and a deactivation hold at the next request', async () => {
  const { token, userId } = await signedIn();
  await db().user.update({ where: { id: userId }, data: { role: 'member' } });
  expect((await findActor(token))?.user.role).toBe('member');
  await db().user.update({ where: { id: userId }, data: { status: 'deactivated' } });
  expect(await findActor(token)).toBeUndefined();
});

test('a session is touched at most once a minute', async () => {
  const { token, actor } = await signedIn();
  const lastSeen = async () =>
    (await db().session.findUniqueOrThrow({ where: { id: actor.sessionId } })).lastSeenAt;
  const first = await lastSeen();
  await findActor(token);
  expect(await lastSeen()).toEqual(first);
  await db().$executeRaw`UPDATE session SET last_seen_at = now() - interval '61 seconds'`;
  await findActor(token);
  expect((await lastSeen()).getTime()).toBeGreaterThanOrEqual(first.getTime());
});

test('a page that is told what is new stays the same person’s when the token of their session is replaced', async () => {
  const { token, actor } = await signedIn();
  const next = await renewSession(db(), actor.sessionId);
  expect(await findActor(token)).toBeUndefined();
  expect(await findActor(next)).toEqual(actor);
  expect(await lookUpActor({ sessionId: actor.sessionId })).toMatchObject({ actor });
});

test('signing in again in the same browser ends the session before', async () => {
  const { token, userId } = await signedIn();
  const next = await startSession(userId, 'email', request, token);
  expect(await findActor(token)).toBeUndefined();
  expect((await findActor(next))?.user.id).toBe(userId);
});

test('ending one session ends only that one and is recorded with it', async () => {
  const { token, userId, actor, organization } = await signedIn();
  const other = await startSession(userId, 'email', request);
  const otherActor = await findActor(other);
  expect(await endSession(actor, request, otherActor?.sessionId ?? '')).toBe(true);
  expect(await findActor(other)).toBeUndefined();
  expect(await findActor(token)).toBeDefined();
  // A second time there is nothing to end and nothing to record.
  expect(await endSession(actor, request, otherActor?.sessionId ?? '')).toBe(false);
  const logouts = (await eventsOf(organization.id)).filter(({ action }) => action === 'user.logout');
  expect(logouts).toMatchObject([{ metadata: { scope: 'session', sessions_ended: 1 } }]);
});

test('nobody ends the session of somebody else', async () => {
  const victim = await signedIn();
  const stranger = await signedIn();
  expect(await endSession(stranger.actor, request, victim.actor.sessionId)).toBe(false);
  expect(await findActor(victim.token)).toBeDefined();
});

test('signing out everywhere ends all sessions, this one too, in one event', async () => {
  const { token, userId, actor, organization } = await signedIn();
  const other = await startSession(userId, 'email', request);
  expect(await endAllSessions(actor, request)).toBe(2);
  expect([await findActor(token), await findActor(other)]).toEqual([undefined, undefined]);
  expect((await eventsOf(organization.id)).at(-1)).toMatchObject({
    action: 'user.logout',
    metadata: { scope: 'everywhere', sessions_ended: 2 },
  });
});

test.each(['', 'x', 'a'.repeat(4_096), "' OR 1=1 --", '\0'])('the token %j is nobody', async (token) => {
  expect(await findActor(token)).toBeUndefined();
});
