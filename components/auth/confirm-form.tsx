'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { PasswordInput } from '@/components/ui/password-input';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type ConfirmFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** Whose password is asked for. */
  email: string;
  /** Where to go afterwards: a path of this site. */
  next: string;
};

const fields = ['password'] as const;

/** The password once more, of somebody who is signed in. */
export function ConfirmForm({ action, email, next }: ConfirmFormProps) {
  const [state, submit] = useActionState(action, idle);
  const problem = state.fieldErrors?.password;

  return (
    <form action={submit} noValidate className="grid gap-4">
      <FormErrors state={state} fields={fields} />
      <input type="hidden" name="next" value={next} />
      {/* For password managers: it has no name, so it is not sent. */}
      <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field
        id="password"
        label="Password"
        hint={`Of ${email}`}
        error={problem?.message}
        cure={problem?.hint}
      >
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required />}
      </Field>
      <div className="flex flex-wrap gap-2.5">
        <SubmitButton pendingLabel="Confirming…">Confirm</SubmitButton>
        <Button href="/" variant="ghost">
          Cancel
        </Button>
      </div>
    </form>
  );
}
