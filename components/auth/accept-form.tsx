'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasswordInput } from '@/components/ui/password-input';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type AcceptFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  token: string;
  email: string;
  /** Instead of what a password is usually for. */
  passwordNote?: string | undefined;
};

const fields = ['name', 'email', 'password'] as const;

/** The account of somebody invited. The address is shown for the person and for their password manager; it is not sent. */
export function AcceptForm({ action, token, email, passwordNote }: AcceptFormProps) {
  const [state, submit] = useActionState(action, idle);
  const of = (name: (typeof fields)[number]) => ({
    id: name,
    error: state.fieldErrors?.[name]?.message,
    cure: state.fieldErrors?.[name]?.hint,
  });
  return (
    <form action={submit} noValidate className="grid gap-4">
      <FormErrors state={state} fields={fields} />
      <input type="hidden" name="token" value={token} />
      <Field {...of('name')} label="Your name">
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            maxLength={100}
            required
            defaultValue={state.values?.name}
          />
        )}
      </Field>
      <Field {...of('email')} label="E-mail address">
        {(control) => <Input {...control} type="email" autoComplete="username" readOnly value={email} />}
      </Field>
      <Field
        {...of('password')}
        label="Password"
        hint={passwordNote ?? 'At least 12 characters. Four unrelated words work well.'}
      >
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" required />}
      </Field>
      <SubmitButton size="lg" pendingLabel="Joining…" className="mt-1 w-full">
        Create account and sign in
      </SubmitButton>
    </form>
  );
}
