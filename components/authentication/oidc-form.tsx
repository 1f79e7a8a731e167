'use client';

import { ListChecks } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { IssuerChecks } from '@/components/authentication/issuer-checks';
import {
  AdmissionFields,
  type OidcValues,
  ProviderFields,
  SecretField,
} from '@/components/authentication/oidc-fields';
import { useSubmission } from '@/components/siem/use-submission';
import { Button } from '@/components/ui/button';
import { Card, CardBody } from '@/components/ui/card';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState } from '@/lib/action/state';
import type { IssuerCheck } from '@/lib/auth/openid/examine-issuer';

/** What the page learns from a submission. Never the secret. */
export type OidcFormData = {
  checks?: readonly IssuerCheck[] | undefined;
  secretTyped?: boolean | undefined;
  /** Of settings that somebody else has saved meanwhile: saving again replaces them. */
  version?: number | undefined;
};

type OidcFormProps = {
  action: (state: ActionState<OidcFormData>, form: FormData) => Promise<ActionState<OidcFormData>>;
  initial: OidcValues;
  /** Of an existing connection. */
  version?: number;
  storedSecret?: string;
};

const fields = ['name', 'issuer', 'clientId', 'clientSecret', 'scopes', 'domains', 'role'] as const;

/** The settings of the OpenID connection; Check provider and save. One form, with and without JavaScript. */
export function OidcForm({ action, initial, version, storedSecret }: OidcFormProps) {
  const { state, post, send, pending } = useSubmission(action);
  const [intent, setIntent] = useState<string>();

  // Sending by hand keeps what was typed. Without JavaScript the server sends it back, all but the secret.
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
    setIntent(String(form.get('intent')));
    send(form);
  };

  const { checks, secretTyped = false, version: newVersion } = state.data ?? {};
  const values = { ...initial, ...state.values };
  const errors = state.fieldErrors ?? {};
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,40rem)_minmax(0,1fr)]">
      <Card aria-label="Settings">
        <CardBody>
          <form action={post} onSubmit={submit} className="grid gap-5" noValidate>
            <FormErrors state={state} fields={fields} />
            {version !== undefined && <input type="hidden" name="version" value={newVersion ?? version} />}
            <ProviderFields values={values} errors={errors} />
            <SecretField errors={errors} stored={storedSecret} lost={secretTyped} />
            <AdmissionFields values={values} errors={errors} />
            <div className="flex flex-wrap gap-2.5">
              <SubmitButton
                name="intent"
                value="check"
                variant="secondary"
                icon={<ListChecks />}
                pending={pending && intent === 'check'}
                pendingLabel="Checking…"
              >
                Check provider
              </SubmitButton>
              <SubmitButton
                name="intent"
                value="save"
                pending={pending && intent === 'save'}
                pendingLabel="Saving…"
              >
                {version === undefined ? 'Save' : 'Save changes'}
              </SubmitButton>
              <Button href="/settings/authentication" variant="ghost">
                Cancel
              </Button>
            </div>
          </form>
        </CardBody>
      </Card>
      {checks && <IssuerChecks checks={checks} />}
    </div>
  );
}
