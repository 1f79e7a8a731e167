'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import { Textarea } from '@/components/ui/textarea';
import { type ActionState, idle } from '@/lib/action/state';

type DismissFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  id: string;
  seq: string;
  /** The way out. */
  keepHref: string;
};

const fields = ['reason'] as const;

/** Settles that an event will not be sent; it takes a reason. */
export function DismissForm({ action, id, seq, keepHref }: DismissFormProps) {
  const [state, submit] = useActionState(action, idle);
  const problem = state.fieldErrors?.reason;
  return (
    <form action={submit} className="grid gap-5">
      <FormErrors state={state} fields={fields} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="seq" value={seq} />
      <Field
        id="reason"
        label="Reason"
        hint="Why Splunk need not have this event. It stands in the audit log beside your name."
        error={problem?.message}
        cure={problem?.hint}
      >
        {(control) => <Textarea {...control} name="reason" rows={3} defaultValue={state.values?.reason} />}
      </Field>
      <div className="flex flex-wrap gap-2.5">
        <SubmitButton variant="danger" pendingLabel="Dismissing…">
          Dismiss event
        </SubmitButton>
        <Button href={keepHref}>Keep it parked</Button>
      </div>
    </form>
  );
}
