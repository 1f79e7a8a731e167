'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { definePublicAction } from '@/lib/action/define-action';
import { emailSchema } from '@/lib/auth/email-address';
import { maxPasswordLength } from '@/lib/auth/password-policy';
import { explainRefusal } from '@/lib/auth/refusal';
import { safePath } from '@/lib/auth/safe-path';
import { signIn } from '@/lib/auth/sign-in';

const tooLong = `Passwords have at most ${maxPasswordLength} characters.`;

export const signInAction = definePublicAction({
  name: 'sign in',
  // A character takes up to four code units in its longest everyday form; the exact rule is the policy's, when it is set.
  schema: z.strictObject({
    email: emailSchema,
    password: z
      .string()
      .min(1, 'Enter your password.')
      .max(4 * maxPasswordLength, tooLong),
    next: z.string().optional(),
  }),
  echo: ['email'],
  async handler({ email, password, next }, { request }) {
    const refusal = await signIn({ email, password }, request);
    return refusal ? explainRefusal(refusal) : redirect(safePath(next));
  },
});
