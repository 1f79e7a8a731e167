'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type VerifyFormProps = { action: (state: ActionState, form: FormData) => Promise<ActionState> };

const fields = ['firstSeq', 'lastSeq'] as const;
const labels = { firstSeq: 'From No.', lastSeq: 'To No.' };

/** Starts a verification of everything, or of the numbers that are entered. */
export function VerifyForm({ action }: VerifyFormProps) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="grid gap-4">
      <FormErrors state={state} fields={fields} />
      <div className="flex flex-wrap items-start gap-x-3 gap-y-4">
        {fields.map((name) => (
          <div key={name} className="w-36 grow sm:grow-0">
            <Field
              id={name}
              label={labels[name]}
              optional
              error={state.fieldErrors?.[name]?.message}
              cure={state.fieldErrors?.[name]?.hint}
            >
              {(control) => (
                <Input
                  {...control}
                  name={name}
                  inputMode="numeric"
                  autoComplete="off"
                  defaultValue={state.values?.[name]}
                />
              )}
            </Field>
          </div>
        ))}
      </div>
      <div>
        <SubmitButton variant="primary" pendingLabel="Starting…">
          Verify
        </SubmitButton>
      </div>
    </form>
  );
}
