'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type NameFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  name: string;
};

const fields = ['name'] as const;

/** The name by which a person is shown from now on. */
export function NameForm({ action, name }: NameFormProps) {
  const [state, submit] = useActionState(action, idle);
  const problem = state.fieldErrors?.name;
  return (
    <form action={submit} noValidate className="grid gap-4">
      <FormErrors state={state} fields={fields} />
      <Field
        id="name"
        label="Name"
        hint="Stands in every event that you cause"
        error={problem?.message}
        cure={problem?.hint}
      >
        {(control) => (
          <div className="flex flex-wrap gap-2">
            <Input
              {...control}
              name="name"
              autoComplete="name"
              maxLength={100}
              required
              defaultValue={state.values?.name ?? name}
              className="w-auto! flex-1 basis-48"
            />
            <SubmitButton variant="secondary" pendingLabel="Saving…">
              Save name
            </SubmitButton>
          </div>
        )}
      </Field>
    </form>
  );
}
