import { z } from 'zod';
import { roles } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { hashOf } from '@/lib/members/invitations/link';
import { invitationStates } from '@/lib/members/invitations/state';
import { stateOfRow } from '@/lib/members/invitations/state-of-row';

const rowSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(roles),
    note: z.string().nullable(),
    inviter: z.string(),
    state: z.enum(invitationStates),
    organization_id: z.string(),
    slug: z.string(),
    organization_name: z.string(),
    email_sign_in: z.boolean(),
  })
  .transform(({ organization_id, slug, organization_name, email_sign_in, ...invitation }) => ({
    ...invitation,
    organization: { id: organization_id, slug, name: organization_name },
    /** Whether the organization lets people sign in by e-mail and password. */
    emailSignIn: email_sign_in,
  }));

/** An invitation as the holder of its link sees it. */
export type ReceivedInvitation = z.infer<typeof rowSchema>;

/**
 * The invitation that a link belongs to, whatever its state; undefined when the link belongs to none, or was replaced
 * by a newer one. Changes nothing: programs that look at links in mails open them before people do.
 */
export async function getInvitationByToken(
  token: string,
  client: Pick<Prisma.TransactionClient, '$queryRaw'> = db(),
): Promise<ReceivedInvitation | undefined> {
  const hash = hashOf(token);
  if (!hash) return undefined;
  const [row] = await client.$queryRaw<unknown[]>`
    SELECT i.id, i.email, i.role::text, i.message AS note, i.invited_by_name AS inviter, ${stateOfRow} AS state,
           o.id AS organization_id, o.slug, o.name AS organization_name,
           COALESCE(p.email_enabled, true) AS email_sign_in
      FROM invitation i
      JOIN organization o ON o.id = i.organization_id
      LEFT JOIN sign_in_policy p ON p.organization_id = i.organization_id
     WHERE i.token_hash = ${hash}`;
  return row === undefined ? undefined : rowSchema.parse(row);
}

/** Whether an account with a password could not be used: without e-mail sign-in only admins may use theirs. */
export function passwordIsUseless({ emailSignIn, role }: ReceivedInvitation): boolean {
  return !emailSignIn && role !== 'admin';
}
