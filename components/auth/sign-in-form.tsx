'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasswordInput } from '@/components/ui/password-input';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type SignInFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** Where to go afterwards: a path of this site. */
  next: string;
  /** Where this is not the usual way in: the words that unfold the form. */
  folded?: string | undefined;
};

const fields = ['email', 'password'] as const;

/** E-mail and password. A refused attempt keeps the address and never the password. */
export function SignInForm({ action, next, folded }: SignInFormProps) {
  const [state, submit] = useActionState(action, idle);
  const problem = (name: (typeof fields)[number]) => state.fieldErrors?.[name];

  const form = (
    <form action={submit} noValidate className="grid gap-4">
      <FormErrors state={state} fields={fields} />
      <input type="hidden" name="next" value={next} />
      <Field
        id="email"
        label="E-mail address"
        error={problem('email')?.message}
        cure={problem('email')?.hint}
      >
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            required
            defaultValue={state.values?.email}
          />
        )}
      </Field>
      <Field
        id="password"
        label="Password"
        error={problem('password')?.message}
        cure={problem('password')?.hint}
      >
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required />}
      </Field>
      <SubmitButton size="lg" pendingLabel="Signing in…" className="mt-1 w-full">
        Sign in
      </SubmitButton>
    </form>
  );
  if (folded === undefined) return form;
  return (
    <details open={state.status === 'error'}>
      <summary className="cursor-pointer py-0.5 font-medium text-accent">{folded}</summary>
      <div className="mt-4">{form}</div>
    </details>
  );
}
