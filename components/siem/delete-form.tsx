'use client';

import { useActionState, useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState } from '@/lib/action/state';

type DeleteFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** Where there may be several. */
  id?: string;
  name: string;
  /** The button's words. */
  label?: string;
  /** The page of what is kept. */
  back?: string;
};

/** The name has to be typed: what is deleted, first of all a position in the log, cannot be brought back. */
export function DeleteForm({
  action,
  id,
  name,
  label = 'Delete integration',
  back = '/settings/siem',
}: DeleteFormProps) {
  const [state, submit] = useActionState(action, { status: 'idle' });
  const problem = state.fieldErrors?.confirmation;
  const errors = useMemo(() => {
    if (problem) return [{ fieldId: 'confirmation', message: problem.message }];
    const { status, message, hint } = state;
    return status === 'error' && message ? [{ message: hint ? `${message} ${hint}` : message }] : [];
  }, [state, problem]);
  return (
    <form action={submit} className="grid gap-5">
      <ErrorSummary errors={errors} />
      {id && <input type="hidden" name="id" value={id} />}
      <Field
        id="confirmation"
        label={`Type ${name} to confirm`}
        error={problem?.message}
        cure={problem?.hint}
      >
        {(control) => (
          <Input
            {...control}
            name="confirmation"
            autoComplete="off"
            spellCheck={false}
            defaultValue={state.values?.confirmation}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2.5">
        <SubmitButton variant="danger" pendingLabel="Deleting…">
          {label}
        </SubmitButton>
        <Button href={back}>Keep it</Button>
      </div>
    </form>
  );
}
