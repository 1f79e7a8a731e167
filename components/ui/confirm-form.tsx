'use client';

import { useActionState, useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState } from '@/lib/action/state';

type ConfirmFormProps = {
  /** Takes `id` and, where a name has to be typed, `confirmation`. */
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  id: string;
  name: string;
  /** Whether the name has to be typed; else pressing the button is enough, unless the action asks for it. */
  typed: boolean;
  label: string;
  pendingLabel: string;
  /** The way out. */
  keep: { href: string; label: string };
};

/** Ends something for good. The name has to be typed where more is lost than can be made again. */
export function ConfirmForm({ action, id, name, typed, label, pendingLabel, keep }: ConfirmFormProps) {
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
      <input type="hidden" name="id" value={id} />
      {(typed || problem) && (
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
        <SubmitButton variant="danger" pendingLabel={pendingLabel}>
          {label}
        </SubmitButton>
        <Button href={keep.href}>{keep.label}</Button>
      </div>
    </form>
  );
}
