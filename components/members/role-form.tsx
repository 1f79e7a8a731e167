'use client';

import { useActionState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { RoleOptions } from '@/components/members/role-words';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { type ActionState, idle } from '@/lib/action/state';
import type { Role } from '@/lib/auth/permissions';

type RoleFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  id: string;
  name: string;
  role: Role;
};

const fields = ['role', 'confirmed'] as const;

/** A choice and a button, as a select that saves by itself would save at each arrow key. Admin rights are asked for twice. */
export function RoleForm({ action, id, name, role }: RoleFormProps) {
  const [state, submit] = useActionState(action, idle);
  const chosen = state.values?.role ?? role;
  const confirmation = state.fieldErrors?.confirmed;
  return (
    <form action={submit} className="grid gap-4">
      <FormErrors state={state} fields={fields} />
      <input type="hidden" name="id" value={id} />
      <Field id="role" label="Role" error={state.fieldErrors?.role?.message}>
        {(control) => (
          // React resets a form to its defaults after each answer, but a select only when it is a new one.
          <Select {...control} key={chosen} name="role" defaultValue={chosen} className="max-w-60">
            <RoleOptions />
          </Select>
        )}
      </Field>
      {confirmation && (
        <Checkbox
          id="confirmed"
          name="confirmed"
          label={chosen === 'admin' ? `Make ${name} an admin` : `Take admin rights from ${name}`}
          hint={confirmation.hint}
        />
      )}
      <div>
        <SubmitButton pendingLabel="Saving…">Save role</SubmitButton>
      </div>
    </form>
  );
}
