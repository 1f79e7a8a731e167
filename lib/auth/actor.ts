import 'server-only';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import type { AuditSource } from '@/lib/audit/event';
import { type Actor, actorSource } from '@/lib/auth/actor-source';
import { can, type Permission } from '@/lib/auth/permissions';
import { auditContext, requestContext } from '@/lib/auth/request-context';
import { findActor } from '@/lib/auth/session';
import { readSessionToken } from '@/lib/auth/session-token';
import { log } from '@/lib/log';
import { hasOrganization } from '@/lib/organization/has-organization';

export type { Actor } from '@/lib/auth/actor-source';

/** Who is signed in, or undefined. One query, once per rendered page. */
export const currentActor = cache(async (): Promise<Actor | undefined> => {
  const token = await readSessionToken();
  return token === undefined ? undefined : findActor(token);
});

/** Who is signed in. Everybody else is led to the sign-in page, and before the first account to the set-up. */
export async function requireActor(): Promise<Actor> {
  const actor = await currentActor();
  return actor ?? redirect(await signInPath());
}

/** The sign-in page that leads back to the present one; `/setup` while there is nobody who could sign in. */
export async function signInPath(): Promise<string> {
  if (!(await hasOrganization())) return '/setup';
  const { path } = await requestContext();
  return path === '/' ? '/login' : `/login?next=${encodeURIComponent(path)}`;
}

/** For pages: who is signed in and holds `permission`. Others see app/(console)/forbidden.tsx with status 403. */
export async function requirePermission(permission: Permission): Promise<Actor> {
  const actor = await requireActor();
  return (await isAllowed(actor, permission)) ? actor : forbidden();
}

/** For route handlers: the actor, or the answer to give instead (401 or 403 as JSON). */
export async function actorOrResponse(permission: Permission): Promise<Actor | Response> {
  const actor = await currentActor();
  if (!actor) return Response.json({ error: 'Sign in first.' }, { status: 401 });
  if (await isAllowed(actor, permission)) return actor;
  const error = `Your role, ${actor.user.role}, does not allow this. An admin can change it.`;
  return Response.json({ error }, { status: 403 });
}

/** What the events of the present request have in common. */
export async function auditSource(actor: Actor): Promise<AuditSource> {
  return actorSource(actor, auditContext(await requestContext()));
}

/** Whether somebody who is signed in holds `permission`. Every denial leaves a line in the log. */
export async function isAllowed({ user }: Actor, permission: Permission): Promise<boolean> {
  if (can(user.role, permission)) return true;
  const { requestId, path, ip } = await requestContext();
  log.warn(
    { user_id: user.id, role: user.role, permission, path, ip, request_id: requestId },
    'access denied',
  );
  return false;
}
