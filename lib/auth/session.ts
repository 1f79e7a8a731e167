import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { type Actor, actorSource } from '@/lib/auth/actor-source';
import { lookUpActor } from '@/lib/auth/look-up-actor';
import { admits, MethodDisabledError, readMethods, type SignInMethod } from '@/lib/auth/methods';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';
import { hashToken, newToken } from '@/lib/crypto/token';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { lockOrganization } from '@/lib/organization/lock';

/** {@link beginSession} in a transaction of its own. */
export async function startSession(
  userId: string,
  method: SignInMethod,
  request: RequestContext,
  previousToken?: string,
  connectionId?: string,
): Promise<string> {
  return withTransaction((tx) => beginSession(tx, { userId, method, request, previousToken, connectionId }));
}

type SignIn = {
  userId: string;
  method: SignInMethod;
  request: RequestContext;
  /** Of the session that the same browser had before; it ends. */
  previousToken?: string | undefined;
  /** Of the OIDC connection that vouched for the person. */
  connectionId?: string | undefined;
};

/**
 * Starts a session, records `user.login`, and returns the session's token: 256 random bits, of which the database keeps
 * only the SHA-256. This is the last gate of every way of signing in: it throws a {@link MethodDisabledError} when the
 * organization has switched the method off, also if that happened a moment ago, and when the user is gone or deactivated.
 */
export async function beginSession(
  tx: Tx,
  { userId, method, request, previousToken, connectionId }: SignIn,
): Promise<string> {
  const token = newToken();
  const { organizationId } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { organizationId: true },
  });
  await lockOrganization(tx, organizationId);
  const user = await tx.user.findUniqueOrThrow({
    where: { id: userId, status: 'active' },
    select: { id: true, name: true, email: true, role: true, organizationId: true, organization: true },
  });
  const methods = await readMethods(organizationId, tx);
  if (!admits(methods, { method, role: user.role, connectionId })) throw new MethodDisabledError();

  const sessionId = randomUUID();
  if (previousToken) await endSessions(tx, { tokenHash: hashToken(previousToken) });
  await insertSession(tx, { sessionId, token, method, connectionId, request, user });

  const actor: Actor = { sessionId, user, organization: user.organization };
  recordAudit(tx, {
    ...actorSource(actor, auditContext(request)),
    action: 'user.login',
    targets: [{ type: 'user', id: user.id, name: user.name }],
    metadata: { method },
  });
  return token;
}

type NewSession = {
  sessionId: string;
  token: string;
  method: SignInMethod;
  connectionId: string | undefined;
  request: RequestContext;
  user: { id: string; organizationId: string };
};

/** The database's clock sets the end, so that instances with a wrong clock agree. */
async function insertSession(
  tx: Tx,
  { sessionId, token, method, connectionId, request, user }: NewSession,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO session (id, token_hash, organization_id, user_id, method, connection_id, ip, user_agent, expires_at)
    VALUES (${sessionId}::uuid, ${hashToken(token)}, ${user.organizationId}::uuid, ${user.id}::uuid, ${method},
            ${connectionId ?? null}::uuid, ${request.ip ?? null}::inet, ${request.userAgent ?? null},
            now() + make_interval(hours => ${env().SESSION_MAX_HOURS}::int))`;
}

/** {@link lookUpActor} for a request that the holder of the token has sent: the session is in use. */
export async function findActor(token: string): Promise<Actor | undefined> {
  const found = await lookUpActor({ token });
  if (found?.stale) await touch(found.actor.sessionId);
  return found?.actor;
}

async function touch(sessionId: string): Promise<void> {
  await db().$executeRaw`UPDATE session SET last_seen_at = now() WHERE id = ${sessionId}::uuid`;
}

export type SessionSummary = {
  id: string;
  ip: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
};

/** A user's living sessions, the one used last first. */
export async function listSessions(userId: string): Promise<SessionSummary[]> {
  const idleSince = new Date(Date.now() - env().SESSION_IDLE_MINUTES * 60_000);
  return db().session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: new Date() }, lastSeenAt: { gt: idleSince } },
    select: { id: true, ip: true, userAgent: true, createdAt: true, lastSeenAt: true },
    orderBy: { lastSeenAt: 'desc' },
  });
}

/**
 * Ends one of the actor's own sessions and records `user.logout`, both or neither. False when there was none to end;
 * somebody else's session counts as none.
 */
export async function endSession(actor: Actor, request: RequestContext, sessionId: string): Promise<boolean> {
  return (await end(actor, request, 'session', { id: sessionId })) > 0;
}

/** Ends all of the actor's sessions but the present one, and returns how many there were. */
export async function endOtherSessions(actor: Actor, request: RequestContext): Promise<number> {
  return end(actor, request, 'others', { id: { not: actor.sessionId } });
}

/** The same in the caller's transaction, which records why. */
export function endOtherSessionsIn(tx: Tx, { sessionId, user }: Actor): Promise<number> {
  return endSessions(tx, { id: { not: sessionId }, userId: user.id });
}

/** Ends all of the actor's sessions, the present one too, and returns how many there were. */
export async function endAllSessions(actor: Actor, request: RequestContext): Promise<number> {
  return end(actor, request, 'everywhere', {});
}

function end(
  actor: Actor,
  request: RequestContext,
  scope: 'session' | 'others' | 'everywhere',
  which: Pick<Which, 'id'>,
): Promise<number> {
  return withTransaction(async (tx) => {
    const ended = await endSessions(tx, { ...which, userId: actor.user.id });
    if (ended > 0) {
      recordAudit(tx, {
        ...actorSource(actor, auditContext(request)),
        action: 'user.logout',
        targets: [{ type: 'user', id: actor.user.id, name: actor.user.name }],
        metadata: { scope, sessions_ended: ended },
      });
    }
    return ended;
  });
}

/** Ends every session of a user in the caller's transaction, which records why, and returns how many there were. */
export function endSessionsOf(tx: Tx, userId: string): Promise<number> {
  return endSessions(tx, { userId });
}

type Which = { id?: string | { not: string }; userId?: string; tokenHash?: Uint8Array<ArrayBuffer> };

async function endSessions(tx: Tx, which: Which): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { ...which, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  return count;
}
