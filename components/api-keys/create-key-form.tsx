'use client';

import { type SubmitEvent, useMemo } from 'react';
import { CreatedKey, type CreatedKeyData } from '@/components/api-keys/created-key';
import { ScopeFields } from '@/components/api-keys/scope-fields';
import { useSubmission } from '@/components/siem/use-submission';
import { Button } from '@/components/ui/button';
import { Card, CardBody } from '@/components/ui/card';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState } from '@/lib/action/state';
import type { Scope } from '@/lib/api-keys/scopes';

type CreateKeyFormProps = {
  action: (state: ActionState<CreatedKeyData>, form: FormData) => Promise<ActionState<CreatedKeyData>>;
  scopes: readonly Scope[];
  /** What `expires` can be: days or "never", with the day it means. */
  expiries: readonly { value: string; label: string }[];
  defaultExpiry: string;
};

/** Name, permissions, expiry; then the key, once. The same with and without JavaScript. */
export function CreateKeyForm({ action, scopes, expiries, defaultExpiry }: CreateKeyFormProps) {
  const { state, post, send, pending } = useSubmission(action);
  const errors = useMemo(() => errorsOf(state), [state]);
  const problem = (name: string) => ({
    error: state.fieldErrors?.[name]?.message,
    cure: state.fieldErrors?.[name]?.hint,
  });
  if (state.data) return <CreatedKey created={state.data} />;

  // Sending by hand keeps what was typed; without JavaScript the browser posts the form.
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!pending) send(new FormData(event.currentTarget));
  };
  return (
    <Card aria-label="New key" className="max-w-160">
      <CardBody>
        <form action={post} onSubmit={submit} className="group/form grid gap-5" noValidate>
          <ErrorSummary errors={errors} />
          <Field id="name" label="Name" hint="Which program uses it, and where" {...problem('name')}>
            {(control) => (
              <Input
                {...control}
                name="name"
                autoComplete="off"
                placeholder="ci-nightly"
                defaultValue={state.values?.name}
              />
            )}
          </Field>
          <ScopeFields scopes={scopes} ticked={state.values ?? {}} {...problem('scopes')} />
          <Field id="expires" label="Expires" {...problem('expires')}>
            {(control) => (
              <Select {...control} name="expires" defaultValue={state.values?.expires ?? defaultExpiry}>
                {expiries.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <div className="hidden group-has-[option[value=never]:checked]/form:block">
            <Notice tone="warn" title="A key without end outlives the people who know about it">
              Whoever finds it years from now can use it. Choose an end where you can.
            </Notice>
          </div>
          <div className="flex flex-wrap gap-2.5">
            <SubmitButton pending={pending} pendingLabel="Creating…">
              Create key
            </SubmitButton>
            <Button href="/settings/api-keys" variant="ghost">
              Cancel
            </Button>
          </div>
        </form>
      </CardBody>
    </Card>
  );
}

/** The same words at the top as at the fields, each a link to its field. */
function errorsOf({ status, message, hint, fieldErrors = {} }: ActionState<CreatedKeyData>) {
  const ofFields = Object.entries(fieldErrors).map(([fieldId, problem]) => ({
    fieldId,
    message: problem.message,
  }));
  if (status !== 'error' || !message) return ofFields;
  return [{ message: hint ? `${message} ${hint}` : message }, ...ofFields];
}
