'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { defineFormAction, definePublicAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { currentActor } from '@/lib/auth/actor';
import { newPasswordSchema } from '@/lib/auth/password-policy';
import { auditContext } from '@/lib/auth/request-context';
import { endSession } from '@/lib/auth/session';
import { clearSessionCookie } from '@/lib/auth/session-token';
import { signIn } from '@/lib/auth/sign-in';
import { acceptInvitation } from '@/lib/members/invitations/accept-invitation';
import { displayName } from '@/lib/organization/display-name';

/** What stands in the address of the link; whether it is one is asked of the database. */
const token = z.string().max(100);

export const acceptInvitationAction = definePublicAction({
  name: 'accept an invitation',
  schema: z.strictObject({ token, name: displayName('your name'), password: newPasswordSchema }),
  echo: ['name'],
  async handler({ token, name, password }, { request }) {
    const actor = await currentActor();
    if (actor) {
      throw new UserError(`You are signed in as ${actor.user.name}, so nothing was done.`, {
        hint: 'Open the link again and sign out first.',
      });
    }
    const { email } = await acceptInvitation(token, { name, password }, auditContext(request));
    await signIn({ email, password }, request);
    redirect('/');
  },
});

export const leaveForInvitationAction = defineFormAction({
  name: 'sign out for an invitation',
  permission: 'account.manage',
  schema: z.strictObject({ token }),
  async handler({ token }, { actor, request }) {
    await endSession(actor, request, actor.sessionId);
    await clearSessionCookie();
    redirect(`/invite/${encodeURIComponent(token)}`);
  },
});
