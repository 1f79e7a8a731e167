'use client';

import { useActionState } from 'react';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type DisconnectFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  identity: string;
  name: string;
};

/** Ends a connection with an identity provider, or says why it stays. */
export function DisconnectForm({ action, identity, name }: DisconnectFormProps) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="contents">
      <input type="hidden" name="identity" value={identity} />
      <SubmitButton
        variant="secondary"
        size="sm"
        pendingLabel="Disconnecting…"
        aria-label={`Disconnect ${name}`}
      >
        Disconnect
      </SubmitButton>
      {state.status === 'error' && (
        <div className="w-full">
          <Notice tone="bad" announce title={state.message}>
            {state.hint}
          </Notice>
        </div>
      )}
    </form>
  );
}
