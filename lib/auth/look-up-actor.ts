import 'server-only';
import { z } from 'zod';
import type { Actor } from '@/lib/auth/actor-source';
import { roles } from '@/lib/auth/permissions';
import { hashToken } from '@/lib/crypto/token';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { env } from '@/lib/env';

/** The use of a session is noted at most this often, in seconds: reading pages must not write on every request. */
const touchSeconds = 60;

const rowSchema = z.object({
  session_id: z.string(),
  user_id: z.string(),
  user_name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  organization_id: z.string(),
  slug: z.string(),
  organization_name: z.string(),
  stale: z.boolean(),
});

/** Somebody with a session, and whether it is time to note that it is in use. */
export type FoundActor = { actor: Actor; stale: boolean };

/** A session by what its holder has; or by its id, for what goes on after the token was replaced. */
type SessionOf = { readonly token: string } | { readonly sessionId: string };

/**
 * Who holds this session, read from the database: an ended, idle or expired session, a deactivated user, or a changed
 * role takes effect at the next request. Undefined when nobody does. To look is no use of the session: it ends for lack
 * of use all the same.
 */
export async function lookUpActor(session: SessionOf): Promise<FoundActor | undefined> {
  const idleSeconds = env().SESSION_IDLE_MINUTES * 60;
  const wanted =
    'token' in session
      ? Prisma.sql`s.token_hash = ${hashToken(session.token)}`
      : Prisma.sql`s.id = ${session.sessionId}::uuid`;
  const found = await db().$queryRaw<unknown[]>`
    SELECT s.id AS session_id, u.id AS user_id, u.name AS user_name, u.email, u.role::text,
           o.id AS organization_id, o.slug, o.name AS organization_name,
           s.last_seen_at < now() - make_interval(secs => ${Math.min(touchSeconds, idleSeconds / 4)}) AS stale
      FROM session s
      JOIN app_user u ON u.id = s.user_id AND u.organization_id = s.organization_id
      JOIN organization o ON o.id = s.organization_id
     WHERE ${wanted} AND s.revoked_at IS NULL AND s.expires_at > now()
       AND s.last_seen_at > now() - make_interval(secs => ${idleSeconds}) AND u.status = 'active'`;
  if (found.length === 0) return undefined;
  const row = rowSchema.parse(found[0]);
  const actor = {
    sessionId: row.session_id,
    user: { id: row.user_id, name: row.user_name, email: row.email, role: row.role },
    organization: { id: row.organization_id, slug: row.slug, name: row.organization_name },
  };
  return { actor, stale: row.stale };
}
