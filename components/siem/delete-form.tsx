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
  id: string;
  name: string;
  /** What the button deletes. */
  what?: string;
  /** Where somebody goes who thinks better of it. */
  keepHref?: string;
  /** False where nothing is lost that could not be made anew. */
  typed?: boolean;
};

/** The name has to be typed where what is deleted cannot be had back, such as the position in the log. */
export function DeleteForm({
  action,
  id,
  name,
  what = 'integration',
  keepHref = '/settings/siem',
  typed = true,
}: DeleteFormProps) {
  const [state, submit] = useActionState(action, { status: 'idle' });
  const problem = state.fieldErrors?.confirmation;
  const errors = useMemo(() => {
    if (problem) return [{ fieldId: 'confirmation', message: problem.message }];
    return state.status === 'error' && state.message ? [{ message: state.message }] : [];
  }, [state, problem]);
  return (
    <form action={submit} className="grid gap-5">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="id" value={id} />
      {typed && (
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
      )}
      <div className="flex flex-wrap gap-2.5">
        <SubmitButton variant="danger" pendingLabel="Deleting…">
          {`Delete ${what}`}
        </SubmitButton>
        <Button href={keepHref}>Keep it</Button>
      </div>
    </form>
  );
}
