'use client';

import type { ReactNode, SubmitEvent } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { InviteResults } from '@/components/members/invite-results';
import { membersPath } from '@/components/members/paths';
import { useSubmission } from '@/components/siem/use-submission';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { Textarea } from '@/components/ui/textarea';
import type { ActionState } from '@/lib/action/state';
import type { Invited } from '@/lib/members/invitations/invite-members';

export type InviteData = { results: readonly Invited[] };
type State = ActionState<InviteData>;

type InviteFormProps = {
  action: (state: State, form: FormData) => Promise<State>;
  /** Whether mails are sent, or links made to hand over. */
  byMail: boolean;
  /** Made on the server: the choices, and what each means. */
  roles: { options: ReactNode; guide: ReactNode };
};

const fields = ['addresses', 'role', 'note'] as const;

/** Several addresses, one role. Refused, it keeps every character; accepted, its place is taken by the results. */
export function InviteForm({ action, byMail, roles }: InviteFormProps) {
  const { state, post, send, pending } = useSubmission(action);
  if (state.data) return <InviteResults results={state.data.results} />;

  // Sending by hand keeps what was typed also where no answer comes.
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!pending) send(new FormData(event.currentTarget));
  };
  const kept = state.values ?? {};
  const of = (name: (typeof fields)[number]) => ({
    id: name,
    error: state.fieldErrors?.[name]?.message,
    cure: state.fieldErrors?.[name]?.hint,
  });
  return (
    <form action={post} onSubmit={submit} noValidate className="grid gap-5">
      <FormErrors state={state} fields={fields} />
      <Field
        {...of('addresses')}
        label="E-mail addresses"
        hint="One on each line, or separated by commas; Name <address> is fine too. Up to 50."
      >
        {(control) => (
          <Textarea
            {...control}
            name="addresses"
            rows={5}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
            defaultValue={kept.addresses}
          />
        )}
      </Field>
      <div className="grid gap-2">
        <Field {...of('role')} label="Role">
          {(control) => (
            <Select {...control} name="role" defaultValue={kept.role ?? 'member'} className="max-w-60">
              {roles.options}
            </Select>
          )}
        </Field>
        {roles.guide}
      </div>
      <Field {...of('note')} label="Message" optional hint="A few words to those you invite.">
        {(control) => <Textarea {...control} name="note" rows={2} maxLength={500} defaultValue={kept.note} />}
      </Field>
      <div className="flex flex-wrap gap-2.5">
        <SubmitButton pending={pending} pendingLabel={byMail ? 'Sending…' : 'Making links…'}>
          {byMail ? 'Send invitations' : 'Make links'}
        </SubmitButton>
        <Button href={membersPath} variant="ghost">
          Cancel
        </Button>
      </div>
    </form>
  );
}
