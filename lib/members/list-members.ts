import { z } from 'zod';
import { roles } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import {
  type MemberCursor,
  type MemberFilter,
  type MemberSearch,
  memberStatuses,
} from '@/lib/members/search';

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  status: z.enum(memberStatuses),
  joinedAt: z.date(),
  /** When one of their sessions was last used; null when they never signed in. */
  lastActiveAt: z.date().nullable(),
});

export type Member = z.infer<typeof rowSchema>;

export type MemberPage = {
  rows: Member[];
  next: MemberCursor | undefined;
  previous: MemberCursor | undefined;
};

/** Counting stops here: an organization has a thousand members at most, or the figure does not matter. */
export const memberCountLimit = 10_000;

/**
 * A page of an organization's members by name, deactivated ones too, by keyset on (name, id). A cursor of nobody, or of
 * another organization, is ignored. Every filter value is a parameter of the statement.
 */
export async function listMembers(
  organizationId: string,
  { filter, cursor }: MemberSearch,
  { size }: { size: number },
): Promise<MemberPage> {
  const anchor = await findAnchor(organizationId, cursor);
  const backwards = anchor !== undefined && cursor !== undefined && 'before' in cursor;
  const direction = backwards ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  // The page first: only its rows are looked up among the sessions.
  const found = await db().$queryRaw<unknown[]>`
    SELECT u.id, u.name, u.email, u.role::text, u.status::text, u.created_at AS "joinedAt",
           (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = u.id) AS "lastActiveAt"
      FROM (SELECT * FROM app_user u
             WHERE ${where(organizationId, filter)} AND ${beyond(anchor, backwards)}
             ORDER BY lower(u.name) ${direction}, u.id ${direction} LIMIT ${size + 1}) u
     ORDER BY lower(u.name) ${direction}, u.id ${direction}`;
  const more = found.length > size;
  const rows = z.array(rowSchema).parse(found.slice(0, size));
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    next: last && (backwards || more) ? { after: last.id } : undefined,
    previous: first && (backwards ? more : anchor) ? { before: first.id } : undefined,
  };
}

/** How many members match, counted up to {@link memberCountLimit}. */
export async function countMembers(organizationId: string, filter: MemberFilter): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM app_user u WHERE ${where(organizationId, filter)} LIMIT ${memberCountLimit + 1}) AS counted`;
  return row?.count ?? 0;
}

type Anchor = { id: string; name: string };

async function findAnchor(
  organizationId: string,
  cursor: MemberCursor | undefined,
): Promise<Anchor | undefined> {
  if (!cursor) return undefined;
  const id = 'after' in cursor ? cursor.after : cursor.before;
  const found = await db().user.findUnique({
    where: { organizationId_id: { organizationId, id } },
    select: { id: true, name: true },
  });
  return found ?? undefined;
}

function beyond(anchor: Anchor | undefined, backwards: boolean): Prisma.Sql {
  if (!anchor) return Prisma.sql`TRUE`;
  const place = Prisma.sql`(lower(${anchor.name}), ${anchor.id}::uuid)`;
  return backwards
    ? Prisma.sql`(lower(u.name), u.id) < ${place}`
    : Prisma.sql`(lower(u.name), u.id) > ${place}`;
}

function where(organizationId: string, { text, role, status }: MemberFilter): Prisma.Sql {
  const conditions = [Prisma.sql`u.organization_id = ${organizationId}::uuid`];
  if (role) conditions.push(Prisma.sql`u.role = ${role}::role`);
  if (status) conditions.push(Prisma.sql`u.status = ${status}::user_status`);
  if (text) {
    // What somebody types as % or _ is a character, not a wildcard.
    const part = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(Prisma.sql`(u.name ILIKE ${part} OR u.email ILIKE ${part})`);
  }
  return Prisma.join(conditions, ' AND ');
}
