'use client';

import { type ReactNode, useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import type { ButtonLook } from '@/components/ui/button';
import { Button } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type ConfirmFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** What the action is about. */
  id: string;
  /** What the button does, and what it says meanwhile. */
  children: ReactNode;
  pendingLabel: string;
  variant?: ButtonLook['variant'];
  /** The way back; absent where the form stands on the page it is about. */
  cancel?: { href: string; label: string };
};

const noFields: readonly string[] = [];

/** One button that does it, and the reason where it is refused. */
export function ConfirmForm({ action, id, children, pendingLabel, variant, cancel }: ConfirmFormProps) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="grid gap-4">
      <FormErrors state={state} fields={noFields} />
      <input type="hidden" name="id" value={id} />
      <div className="flex flex-wrap gap-2.5">
        <SubmitButton variant={variant ?? 'danger'} pendingLabel={pendingLabel}>
          {children}
        </SubmitButton>
        {cancel && <Button href={cancel.href}>{cancel.label}</Button>}
      </div>
    </form>
  );
}
