import { encode } from 'next-auth/jwt';
import type { Actor } from '@/lib/auth/actor-source';
import { cookieName } from '@/lib/auth/cookies';
import type { Role } from '@/lib/auth/permissions';
import { findActor, startSession } from '@/lib/auth/session';
import { nextAuthSecret } from '@/lib/auth/session-token';
import { db } from '@/lib/db/client';
import { createOrganization } from '@/test/organization';
import { plantCookie } from '@/test/request';

/** Who sends the requests, for commands that are told so. */
export const anyRequest = {
  ip: '203.0.113.24',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
  requestId: '01a209dd-dc4f-7400-8e67-a4d56ae69c60',
  path: '/',
};

/** Makes the browser of test/request.ts that of a new person in a new organization, signed in a moment ago. */
export async function signInAs(role: Role): Promise<Actor> {
  const source = await createOrganization();
  const userId = source.actor.id ?? '';
  await db().user.update({ where: { id: userId }, data: { role } });
  const sid = await startSession(userId, 'email', anyRequest);
  plantCookie(cookieName('session'), await encode({ token: { sid }, secret: nextAuthSecret() }));
  const actor = await findActor(sid);
  if (!actor) throw new Error('the new session is not found');
  return actor;
}

/** Lets time pass since the person last proved who they are. */
export async function ageProof({ sessionId }: Actor, minutes: number): Promise<void> {
  await db().$executeRaw`
    UPDATE session SET confirmed_at = now() - make_interval(mins => ${minutes}::int) WHERE id = ${sessionId}::uuid`;
}
