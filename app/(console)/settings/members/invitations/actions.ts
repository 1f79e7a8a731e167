'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { InviteData } from '@/components/members/invite-form';
import { membersPath } from '@/components/members/paths';
import { defineAction } from '@/lib/action/define-action';
import { roles } from '@/lib/auth/permissions';
import { inviteMembers } from '@/lib/members/invitations/invite-members';
import { noteSchema } from '@/lib/members/invitations/note';
import { readRecipients } from '@/lib/members/invitations/recipients';
import { copyLink, type Renewed, resendInvitation } from '@/lib/members/invitations/renew-invitation';
import { revokeInvitation } from '@/lib/members/invitations/revoke-invitation';

const inviteSchema = z.strictObject({ addresses: z.string(), role: z.enum(roles), note: noteSchema });

export const inviteAction = defineAction<typeof inviteSchema, InviteData>({
  name: 'invite members',
  permission: 'members.manage',
  confirmed: true,
  schema: inviteSchema,
  echo: ['addresses', 'role', 'note'],
  async handler({ addresses, ...offer }, { source }) {
    const results = await inviteMembers(source, { ...offer, addresses: readRecipients(addresses) });
    return { status: 'success', data: { results } };
  },
});

const renewSchema = z.strictObject({ id: z.uuid(), by: z.enum(['mail', 'link']) });

export const renewInvitationAction = defineAction<typeof renewSchema, Renewed>({
  name: 'renew invitation',
  permission: 'members.manage',
  confirmed: true,
  schema: renewSchema,
  async handler({ id, by }, { source }) {
    const data = by === 'mail' ? await resendInvitation(source, id) : await copyLink(source, id);
    // The page around the form says when the link was sent and when it ends.
    refresh();
    return { status: 'success', data };
  },
});

export const revokeInvitationAction = defineAction({
  name: 'revoke invitation',
  permission: 'members.manage',
  schema: z.strictObject({ id: z.uuid() }),
  async handler({ id }, { source }) {
    await revokeInvitation(source, id);
    redirect(`${membersPath}?tab=invitations&done=revoked`);
  },
});
