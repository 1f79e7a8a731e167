'use client';

import { type ReactNode, useActionState } from 'react';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';
import type { SignInMethod } from '@/lib/auth/methods';

export type SwitchAction = (state: ActionState, form: FormData) => Promise<ActionState>;

type MethodSwitchProps = {
  action: SwitchAction;
  method: SignInMethod;
  /** The button's words: "Enable Google sign-in". */
  label: string;
  pendingLabel: string;
  /** Given where the act needs a second look: what follows from it. The button then stands behind this. */
  consequence?: ReactNode;
};

/** One button that switches a way of signing in, and why it did not where it did not. */
export function MethodSwitch({ action, method, label, pendingLabel, consequence }: MethodSwitchProps) {
  const [state, submit] = useActionState(action, idle);
  const failed = state.status === 'error';
  const form = (
    <form action={submit} className="grid justify-items-start gap-3">
      {consequence && <div className="max-w-[68ch] text-muted">{consequence}</div>}
      {failed && (
        <Notice tone="bad" announce title={state.message}>
          {state.hint}
        </Notice>
      )}
      <input type="hidden" name="method" value={method} />
      <SubmitButton variant={consequence ? 'danger' : 'secondary'} pendingLabel={pendingLabel}>
        {label}
      </SubmitButton>
    </form>
  );
  if (!consequence) return form;
  return (
    <details open={failed} className="w-full">
      <summary className="w-fit cursor-pointer py-0.5 font-medium text-muted hover:text-ink">
        {label}…
      </summary>
      <div className="mt-3">{form}</div>
    </details>
  );
}
