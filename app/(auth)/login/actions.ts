'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { definePublicAction } from '@/lib/action/define-action';
import { emailSchema } from '@/lib/auth/email-address';
import { currentPasswordSchema } from '@/lib/auth/password-policy';
import { explainRefusal } from '@/lib/auth/refusal';
import { safePath } from '@/lib/auth/safe-path';
import { signIn } from '@/lib/auth/sign-in';

export const signInAction = definePublicAction({
  name: 'sign in',
  schema: z.strictObject({
    email: emailSchema,
    password: currentPasswordSchema,
    next: z.string().optional(),
  }),
  echo: ['email'],
  async handler({ email, password, next }, { request }) {
    const refusal = await signIn({ email, password }, request);
    return refusal ? explainRefusal(refusal) : redirect(safePath(next));
  },
});
