'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { defineAction, defineFormAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { confirmIdentity } from '@/lib/auth/confirm-identity';
import { currentPasswordSchema } from '@/lib/auth/password-policy';
import { explainRefusal } from '@/lib/auth/refusal';
import { safePath } from '@/lib/auth/safe-path';
import { endSession } from '@/lib/auth/session';
import { clearSessionCookie } from '@/lib/auth/session-token';

export const confirmAction = defineAction({
  name: 'confirm identity',
  permission: 'account.manage',
  schema: z.strictObject({ password: currentPasswordSchema, next: z.string() }),
  async handler({ password, next }, { actor, request }) {
    const refusal = await confirmIdentity(actor, password, request);
    if (refusal?.reason === 'throttled') return explainRefusal(refusal);
    if (refusal) {
      throw new UserError('This is not your password.', {
        field: 'password',
        hint: 'Capital letters count. Type it once more.',
      });
    }
    // The browser may hold fetched pages that lead here.
    refresh();
    redirect(safePath(next));
  },
});

export const signInAgainAction = defineFormAction({
  name: 'sign in again',
  permission: 'account.manage',
  schema: z.strictObject({ next: z.string() }),
  async handler({ next }, { actor, request }) {
    await endSession(actor, request, actor.sessionId);
    await clearSessionCookie();
    // Their provider is on their organization's own sign-in page.
    redirect(`/login/${actor.organization.slug}?next=${encodeURIComponent(safePath(next))}`);
  },
});
