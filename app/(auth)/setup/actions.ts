'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { definePublicAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { emailSchema } from '@/lib/auth/email-address';
import { newPasswordSchema, passwordProblem } from '@/lib/auth/password-policy';
import { auditContext } from '@/lib/auth/request-context';
import { signIn } from '@/lib/auth/sign-in';
import { createFirstOrganization } from '@/lib/organization/create-first';
import { displayName } from '@/lib/organization/display-name';
import { requireSetupCode } from '@/lib/organization/require-setup-code';

export const setupAction = definePublicAction({
  name: 'set up',
  schema: z.strictObject({
    code: z
      .string()
      .trim()
      .min(1, 'Enter the set-up code.')
      .max(40, 'The set-up code has twelve characters.'),
    organization: displayName('the name of your organization'),
    name: displayName('your name'),
    email: emailSchema,
    password: newPasswordSchema,
  }),
  echo: ['code', 'organization', 'name', 'email'],
  async handler({ code, ...account }, { request }) {
    const { organization, name, email, password } = account;
    const problem = passwordProblem(password, [organization, name, email]);
    if (problem) throw new UserError(problem, { field: 'password' });
    await requireSetupCode(code, request.ip);
    await createFirstOrganization(account, auditContext(request));
    await signIn({ email, password }, request);
    redirect('/');
  },
});
