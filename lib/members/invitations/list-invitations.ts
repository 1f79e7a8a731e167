import { z } from 'zod';
import { type Role, roles } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { type InvitationState, invitationStates } from '@/lib/members/invitations/state';
import { stateOfRow } from '@/lib/members/invitations/state-of-row';

/** An invitation as the admins of its organization see it: everything but the link. */
export type Invitation = {
  id: string;
  email: string;
  role: Role;
  note: string | null;
  inviter: string;
  state: InvitationState;
  createdAt: Date;
  /** When the mail server took the present link; null when nothing was sent. */
  sentAt: Date | null;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
};

const rowSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(roles),
  note: z.string().nullable(),
  inviter: z.string(),
  state: z.enum(invitationStates),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
  expiresAt: z.date(),
  acceptedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
});

const columns = Prisma.sql`
  i.id, i.email, i.role::text, i.message AS note, i.invited_by_name AS inviter, ${stateOfRow} AS state,
  i.created_at AS "createdAt", i.sent_at AS "sentAt", i.expires_at AS "expiresAt", i.accepted_at AS "acceptedAt",
  i.revoked_at AS "revokedAt"`;

export type InvitationPage = {
  rows: Invitation[];
  /** The id to continue after; undefined on the last page. */
  next: string | undefined;
};

/** An organization's invitations in one state, newest first. An id to continue after that it does not know is ignored. */
export async function listInvitations(
  organizationId: string,
  state: InvitationState,
  { size, after }: { size: number; after?: string | undefined },
): Promise<InvitationPage> {
  const anchor = after === undefined ? undefined : await getInvitation(organizationId, after);
  const found = await db().$queryRaw<unknown[]>`
    SELECT ${columns} FROM invitation i
     WHERE i.organization_id = ${organizationId}::uuid AND ${stateOfRow} = ${state}
       AND ${anchor ? Prisma.sql`(i.created_at, i.id) < (${anchor.createdAt}::timestamptz, ${anchor.id}::uuid)` : Prisma.sql`TRUE`}
     ORDER BY i.created_at DESC, i.id DESC
     LIMIT ${size + 1}`;
  const rows = z.array(rowSchema).parse(found);
  const kept = rows.slice(0, size);
  return { rows: kept, next: rows.length > size ? kept.at(-1)?.id : undefined };
}

/** How many invitations are open: those whose link works, and those whose link has expired. */
export async function countOpen(organizationId: string): Promise<{ pending: number; expired: number }> {
  const [row] = await db().$queryRaw<{ pending: number; expired: number }[]>`
    SELECT count(*) FILTER (WHERE expires_at > clock_timestamp())::int AS pending,
           count(*) FILTER (WHERE expires_at <= clock_timestamp())::int AS expired
      FROM invitation
     WHERE organization_id = ${organizationId}::uuid AND accepted_at IS NULL AND revoked_at IS NULL`;
  return row ?? { pending: 0, expired: 0 };
}

/** One invitation; undefined for an id of another organization as for one of nobody. */
export async function getInvitation(organizationId: string, id: string): Promise<Invitation | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT ${columns} FROM invitation i
     WHERE i.organization_id = ${organizationId}::uuid AND i.id = ${id}::uuid`;
  return row === undefined ? undefined : rowSchema.parse(row);
}
