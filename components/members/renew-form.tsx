'use client';

import { Link2, Send } from 'lucide-react';
import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { LinkBox } from '@/components/members/link-box';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState } from '@/lib/action/state';
import type { Renewed } from '@/lib/members/invitations/renew-invitation';

type State = ActionState<Renewed>;

type RenewFormProps = {
  action: (state: State, form: FormData) => Promise<State>;
  id: string;
  byMail: boolean;
};

const noFields: readonly string[] = [];

/** Two ways to a new link: by mail, or shown once to be copied. */
export function RenewForm({ action, id, byMail }: RenewFormProps) {
  const [state, submit] = useActionState(action, { status: 'idle' });
  return (
    <form action={submit} className="grid gap-4">
      <FormErrors state={state} fields={noFields} />
      {state.data && <Result renewed={state.data} />}
      <input type="hidden" name="id" value={id} />
      <div className="flex flex-wrap gap-2.5">
        {byMail && (
          <SubmitButton name="by" value="mail" variant="secondary" icon={<Send />} pendingLabel="Sending…">
            Send again
          </SubmitButton>
        )}
        <SubmitButton
          name="by"
          value="link"
          variant="secondary"
          icon={<Link2 />}
          pendingLabel="Making a link…"
        >
          Make a link to copy
        </SubmitButton>
      </div>
    </form>
  );
}

function Result({ renewed }: { renewed: Renewed }) {
  const { outcome, email } = renewed;
  if (outcome === 'sent') {
    return (
      <Notice tone="ok" announce title={`A new invitation was sent to ${email}.`}>
        The earlier link does not work any more.
      </Notice>
    );
  }
  return (
    <div className="grid gap-2.5">
      <Notice
        tone={outcome === 'link' ? 'ok' : 'warn'}
        announce
        title={
          outcome === 'link' ? 'Copy this link now; it is not shown again.' : `Not sent. ${renewed.problem}`
        }
      >
        {outcome === 'unsent' && 'Hand over this link instead; it is not shown again. '}
        It works once, for 72 hours. The earlier link does not work any more.
      </Notice>
      <LinkBox url={renewed.url} email={email} />
    </div>
  );
}
