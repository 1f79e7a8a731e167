'use client';

import type { SubmitEvent } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { scansPath } from '@/components/scans/scan-path';
import { useSubmission } from '@/components/siem/use-submission';
import { Button } from '@/components/ui/button';
import { controlStyle } from '@/components/ui/control-style';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState } from '@/lib/action/state';

type ScanFormProps = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
};

const fields = ['name', 'targetUrl', 'description'] as const;

/** Name, target and description of a new scan. One form, with and without JavaScript. */
export function ScanForm({ action }: ScanFormProps) {
  const { state, post, send, pending } = useSubmission(action);
  const problem = (field: string) => ({
    error: state.fieldErrors?.[field]?.message,
    cure: state.fieldErrors?.[field]?.hint,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!pending) send(new FormData(event.currentTarget));
  };
  return (
    <form action={post} onSubmit={submit} className="grid gap-5" noValidate>
      <FormErrors state={state} fields={fields} />
      <Field id="name" label="Name" hint="What this scan is called here and in the log" {...problem('name')}>
        {(control) => <Input {...control} name="name" autoComplete="off" defaultValue={state.values?.name} />}
      </Field>
      <Field
        id="targetUrl"
        label="Target"
        hint="The web address to look at, https or http"
        {...problem('targetUrl')}
      >
        {(control) => (
          <Input
            {...control}
            name="targetUrl"
            face="mono"
            inputMode="url"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="https://www.example.com"
            defaultValue={state.values?.targetUrl}
          />
        )}
      </Field>
      <Field
        id="description"
        label="Description"
        hint="What your colleagues should know about it"
        optional
        {...problem('description')}
      >
        {(control) => (
          <textarea
            {...control}
            name="description"
            rows={3}
            className={`${controlStyle()} py-2 pointer-coarse:text-lg`}
            defaultValue={state.values?.description}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2.5">
        <SubmitButton pending={pending} pendingLabel="Creating…">
          Create scan
        </SubmitButton>
        <Button href={scansPath} variant="ghost">
          Cancel
        </Button>
      </div>
    </form>
  );
}
