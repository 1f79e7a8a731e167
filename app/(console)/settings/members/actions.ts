'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { memberHref } from '@/components/members/paths';
import { defineAction } from '@/lib/action/define-action';
import { roles } from '@/lib/auth/permissions';
import { changeRole } from '@/lib/members/change-role';
import { deactivateMember, reactivateMember } from '@/lib/members/deactivate-member';
import { revokeMemberSessions } from '@/lib/members/revoke-member-sessions';
import { unconfirmed } from './unconfirmed';

const onlyId = z.strictObject({ id: z.uuid() });

export const changeRoleAction = defineAction({
  name: 'change role',
  permission: 'members.manage',
  confirmed: true,
  schema: z.strictObject({ id: z.uuid(), role: z.enum(roles), confirmed: z.literal('on').optional() }),
  echo: ['role'],
  async handler({ id, role, confirmed }, { actor, source }) {
    const question = confirmed ? undefined : await unconfirmed(actor, id, role);
    if (question) return question;
    await changeRole(source, id, role);
    redirect(`${memberHref(id)}?done=role`);
  },
});

export const deactivateMemberAction = defineAction({
  name: 'deactivate member',
  permission: 'members.manage',
  schema: onlyId,
  async handler({ id }, { source }) {
    await deactivateMember(source, id);
    redirect(`${memberHref(id)}?done=deactivated`);
  },
});

export const reactivateMemberAction = defineAction({
  name: 'reactivate member',
  permission: 'members.manage',
  confirmed: true,
  schema: onlyId,
  async handler({ id }, { source }) {
    await reactivateMember(source, id);
    redirect(`${memberHref(id)}?done=reactivated`);
  },
});

export const revokeSessionsAction = defineAction({
  name: 'end a member’s sessions',
  permission: 'members.manage',
  schema: onlyId,
  async handler({ id }, { source }) {
    await revokeMemberSessions(source, id);
    redirect(`${memberHref(id)}?done=signed-out`);
  },
});
