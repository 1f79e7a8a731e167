'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Field } from '@/components/ui/field';
import { PasswordInput } from '@/components/ui/password-input';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type PasswordFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** For password managers. */
  email: string;
};

const fields = ['currentPassword', 'newPassword'] as const;

/** The current password and a new one. A refused attempt keeps neither. */
export function PasswordForm({ action, email }: PasswordFormProps) {
  const [state, submit] = useActionState(action, idle);
  const of = (name: (typeof fields)[number]) => ({
    id: name,
    error: state.fieldErrors?.[name]?.message,
    cure: state.fieldErrors?.[name]?.hint,
  });
  return (
    <form action={submit} noValidate className="grid max-w-100 gap-4">
      <FormErrors state={state} fields={fields} />
      {/* It has no name, so it is not sent. */}
      <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field {...of('currentPassword')} label="Current password">
        {(control) => (
          <PasswordInput {...control} name="currentPassword" autoComplete="current-password" required />
        )}
      </Field>
      <Field
        {...of('newPassword')}
        label="New password"
        hint="At least 12 characters. Four unrelated words work well"
      >
        {(control) => <PasswordInput {...control} name="newPassword" autoComplete="new-password" required />}
      </Field>
      <SubmitButton variant="secondary" pendingLabel="Changing…" className="justify-self-start">
        Change password
      </SubmitButton>
    </form>
  );
}
