'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import { updateName } from '@/lib/account/update-name';
import { updatePassword } from '@/lib/account/update-password';
import { defineAction, defineFormAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { currentPasswordSchema, newPasswordSchema } from '@/lib/auth/password-policy';
import { explainRefusal } from '@/lib/auth/refusal';
import { endAllSessions, endOtherSessions, endSession } from '@/lib/auth/session';
import { clearSessionCookie } from '@/lib/auth/session-token';
import { displayName } from '@/lib/organization/display-name';

export const updateNameAction = defineAction({
  name: 'update name',
  permission: 'account.manage',
  schema: z.strictObject({ name: displayName('your name') }),
  echo: ['name'],
  async handler({ name }, { actor, request }) {
    await updateName(actor, name, request);
    leave('/account?done=name');
  },
});

export const updatePasswordAction = defineAction({
  name: 'update password',
  permission: 'account.manage',
  schema: z.strictObject({ currentPassword: currentPasswordSchema, newPassword: newPasswordSchema }),
  async handler(passwords, { actor, request }) {
    const refusal = await updatePassword(actor, passwords, request);
    if (refusal?.reason === 'throttled') return explainRefusal(refusal);
    if (refusal) {
      throw new UserError('This is not your current password.', {
        field: 'currentPassword',
        hint: 'Capital letters count. Type it once more.',
      });
    }
    leave('/account?done=password');
  },
});

export const signOutAction = defineFormAction({
  name: 'sign out',
  permission: 'account.manage',
  schema: z.strictObject({}),
  async handler(_input, { actor, request }) {
    await endSession(actor, request, actor.sessionId);
    await clearSessionCookie();
    redirect('/login');
  },
});

export const signOutEverywhereAction = defineFormAction({
  name: 'sign out everywhere',
  permission: 'account.manage',
  schema: z.strictObject({}),
  async handler(_input, { actor, request }) {
    await endAllSessions(actor, request);
    await clearSessionCookie();
    redirect('/login');
  },
});

export const endOtherSessionsAction = defineFormAction({
  name: 'end other sessions',
  permission: 'account.manage',
  schema: z.strictObject({}),
  async handler(_input, { actor, request }) {
    await endOtherSessions(actor, request);
    redirect('/account?done=others');
  },
});

export const endSessionAction = defineFormAction({
  name: 'end session',
  permission: 'account.manage',
  schema: z.strictObject({ session: z.uuid() }),
  async handler({ session }, { actor, request }) {
    // One that has ended meanwhile is what was asked for.
    await endSession(actor, request, session);
    redirect('/account?done=session');
  },
});
