import { z } from 'zod';
import { roles } from '@/lib/auth/permissions';
import { listSessions } from '@/lib/auth/session';
import { db } from '@/lib/db/client';
import { memberStatuses } from '@/lib/members/search';

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  status: z.enum(memberStatuses),
  joinedAt: z.date(),
  lastActiveAt: z.date().nullable(),
  /** API keys that work. */
  apiKeys: z.int(),
  /** Open invitations that this person made. */
  invitations: z.int(),
  /** Nobody else could change anything. */
  onlyAdmin: z.boolean(),
});

/** A member with what ends when they lose their access. */
export type MemberDetail = z.infer<typeof rowSchema> & { sessions: number };

/** One member; undefined for an id of another organization as for one of nobody. */
export async function getMember(organizationId: string, id: string): Promise<MemberDetail | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT u.id, u.name, u.email, u.role::text, u.status::text, u.created_at AS "joinedAt",
           (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = u.id) AS "lastActiveAt",
           (SELECT count(*)::int FROM api_key k
             WHERE k.organization_id = u.organization_id AND k.created_by_id = u.id AND k.revoked_at IS NULL
               AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())) AS "apiKeys",
           (SELECT count(*)::int FROM invitation i
             WHERE i.organization_id = u.organization_id AND i.invited_by_id = u.id
               AND i.accepted_at IS NULL AND i.revoked_at IS NULL) AS invitations,
           u.role = 'admin' AND u.status = 'active' AND NOT EXISTS (
             SELECT 1 FROM app_user o WHERE o.organization_id = u.organization_id AND o.id <> u.id
                AND o.role = 'admin' AND o.status = 'active') AS "onlyAdmin"
      FROM app_user u
     WHERE u.organization_id = ${organizationId}::uuid AND u.id = ${id}::uuid`;
  if (row === undefined) return undefined;
  const member = rowSchema.parse(row);
  return { ...member, sessions: (await listSessions(member.id)).length };
}
