'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Button } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type RetentionConfirmationProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** As the form posts it: days, or "forever". */
  days: string;
  /** How many events that deletes at once. */
  events: number;
  keepHref: string;
};

const fields: readonly string[] = [];

/** The button that sets a retention. It says how many events go, and the action refuses when more would. */
export function RetentionConfirmation({ action, days, events, keepHref }: RetentionConfirmationProps) {
  const [state, submit] = useActionState(action, idle);
  const deletes = events > 0;
  const label = deletes
    ? `Delete ${events === 1 ? 'one event' : `${events.toLocaleString('en')} events`} and change retention`
    : 'Change retention';
  return (
    <form action={submit} className="grid gap-4">
      <FormErrors state={state} fields={fields} />
      <input type="hidden" name="days" value={days} />
      <input type="hidden" name="events" value={events} />
      <div className="flex flex-wrap gap-2.5">
        <SubmitButton variant={deletes ? 'danger' : 'primary'} pendingLabel="Changing…">
          {label}
        </SubmitButton>
        <Button href={keepHref}>Keep it as it is</Button>
      </div>
    </form>
  );
}
