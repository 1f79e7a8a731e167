'use client';

import { Play, Square } from 'lucide-react';
import { useActionState } from 'react';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState } from '@/lib/action/state';

export type RunAction = (state: ActionState, form: FormData) => Promise<ActionState>;

type RunButtonProps = {
  action: RunAction;
  id: string;
  name: string;
  does: 'start' | 'stop';
  /** The page to come back to. */
  back: 'list' | 'scan';
  primary?: boolean;
};

const words = {
  start: { label: 'Start', pending: 'Starting…', icon: <Play /> },
  stop: { label: 'Stop', pending: 'Stopping…', icon: <Square /> },
};

/** Starts or stops a scan. Somebody else may have been faster: then it says who, beside what is to be done now. */
export function RunButton({ action, id, name, does, back, primary = false }: RunButtonProps) {
  const [state, submit] = useActionState(action, { status: 'idle' });
  const { label, pending, icon } = words[does];
  return (
    <form action={submit} className="min-w-0">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="does" value={does} />
      <SubmitButton
        variant={primary ? 'primary' : 'secondary'}
        size={back === 'list' ? 'sm' : 'md'}
        icon={icon}
        pendingLabel={pending}
      >
        {label}
        {back === 'list' && <span className="sr-only"> {name}</span>}
      </SubmitButton>
      {state.status === 'error' && (
        <p role="alert" className="mt-1.5 max-w-60 text-sm text-bad">
          {state.message} {state.hint}
        </p>
      )}
    </form>
  );
}
