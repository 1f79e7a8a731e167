'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasswordInput } from '@/components/ui/password-input';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type SetupFormProps = { action: (state: ActionState, form: FormData) => Promise<ActionState> };

const fields = ['code', 'organization', 'name', 'email', 'password'] as const;

/** The first account: it proves access to the server by a code, and names the organization and its admin. */
export function SetupForm({ action }: SetupFormProps) {
  const [state, submit] = useActionState(action, idle);
  const of = (name: (typeof fields)[number]) => ({
    id: name,
    error: state.fieldErrors?.[name]?.message,
    cure: state.fieldErrors?.[name]?.hint,
  });
  const kept = state.values ?? {};

  return (
    <form action={submit} noValidate className="grid gap-4">
      <FormErrors state={state} fields={fields} />
      <Field
        {...of('code')}
        label="Set-up code"
        hint="Twelve letters and digits on the console where Tracekeep was started."
      >
        {(control) => (
          <Input
            {...control}
            name="code"
            face="mono"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            required
            defaultValue={kept.code}
          />
        )}
      </Field>
      <Field
        {...of('organization')}
        label="Organization"
        hint="Its name stands in every event and in Splunk."
      >
        {(control) => (
          <Input
            {...control}
            name="organization"
            autoComplete="organization"
            maxLength={100}
            required
            defaultValue={kept.organization}
          />
        )}
      </Field>
      <Field {...of('name')} label="Your name">
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            maxLength={100}
            required
            defaultValue={kept.name}
          />
        )}
      </Field>
      <Field {...of('email')} label="E-mail address">
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
            defaultValue={kept.email}
          />
        )}
      </Field>
      <Field
        {...of('password')}
        label="Password"
        hint="At least 12 characters. Four unrelated words work well."
      >
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" required />}
      </Field>
      <SubmitButton size="lg" pendingLabel="Creating…" className="mt-1 w-full">
        Create the organization
      </SubmitButton>
    </form>
  );
}
