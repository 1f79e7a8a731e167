'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { defineFormAction } from '@/lib/action/define-action';
import { endAllSessions, endSession } from '@/lib/auth/session';
import { clearSessionCookie } from '@/lib/auth/session-token';

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

export const endSessionAction = defineFormAction({
  name: 'end session',
  permission: 'account.manage',
  schema: z.strictObject({ session: z.uuid() }),
  async handler({ session }, { actor, request }) {
    // One that has ended meanwhile is what was asked for.
    await endSession(actor, request, session);
    redirect('/account');
  },
});
