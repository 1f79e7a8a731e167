'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';

type ViewFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** What the form is about: the filter of a new view, or the view that is changed. */
  about: { name: 'query' | 'id'; value: string };
  /** What the view holds now; absent for a new one, which may also become the one that opens first. */
  view?: { name: string; shared: boolean };
  organization: string;
  label: string;
  leave: { href: string; label: string };
};

const fields = ['name'] as const;

/** The name of a view, and who sees it. */
export function ViewForm({ action, about, view, organization, label, leave }: ViewFormProps) {
  const [state, submit] = useActionState(action, idle);
  const problem = state.fieldErrors?.name;
  const typed = state.values;
  return (
    <form action={submit} noValidate className="grid gap-4">
      <FormErrors state={state} fields={fields} />
      <input type="hidden" name={about.name} value={about.value} />
      <Field
        id="name"
        label="Name"
        hint="Such as Failed sign-ins"
        error={problem?.message}
        cure={problem?.hint}
      >
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="off"
            maxLength={60}
            required
            defaultValue={typed?.name ?? view?.name}
          />
        )}
      </Field>
      <Checkbox
        id="shared"
        name="shared"
        value="on"
        defaultChecked={typed ? typed.shared === 'on' : view?.shared}
        label={`Share with ${organization}`}
        hint="Everybody who may read the audit log can open it. Only you can change it."
      />
      {!view && (
        <Checkbox
          id="first"
          name="first"
          value="on"
          defaultChecked={typed?.first === 'on'}
          label="Open first"
          hint="The audit log opens with this view for you."
        />
      )}
      <div className="flex flex-wrap gap-2.5">
        <SubmitButton pendingLabel="Saving…">{label}</SubmitButton>
        <Button href={leave.href}>{leave.label}</Button>
      </div>
    </form>
  );
}
