'use client';

import { Activity } from 'lucide-react';
import { type SubmitEvent, useMemo, useState } from 'react';
import {
  AddressField,
  IndexAndNameFields,
  type SplunkValues,
  TokenField,
} from '@/components/siem/splunk-fields';
import { TestResultCard } from '@/components/siem/test-result';
import { useSubmission } from '@/components/siem/use-submission';
import { Button } from '@/components/ui/button';
import { Card, CardBody } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState } from '@/lib/action/state';
import type { TestResult } from '@/lib/siem/integrations/test-connection';

/** What the configuration page learns from a submission. Never the token: only that it was entered, and its end. */
export type SplunkFormData = {
  test?: { result: TestResult; endedAt: string } | undefined;
  draft?: { id: string; last4: string } | undefined;
  /** Saving failed at the test: offer to save all the same. */
  offerAnyway?: boolean | undefined;
};

type SplunkFormProps = {
  action: (state: ActionState<SplunkFormData>, form: FormData) => Promise<ActionState<SplunkFormData>>;
  /** Absent where only the token is asked for. */
  initial?: SplunkValues;
  saveLabel: string;
  savingLabel: string;
  /** How to save although the test failed, and what that means. */
  anyway: { label: string; hint: string };
  /** Of an existing integration. */
  id?: string;
  /** The stored token, which an empty token field keeps. */
  storedLast4?: string;
};

/** HEC URL, HEC Token, Index; Test Connection and save. One form, with and without JavaScript. */
export function SplunkForm({
  action,
  initial,
  saveLabel,
  savingLabel,
  anyway,
  id,
  storedLast4,
}: SplunkFormProps) {
  const { state, post, send, pending } = useSubmission(action);
  const [intent, setIntent] = useState<string>();
  const [changedAfter, setChangedAfter] = useState<ActionState<SplunkFormData>>();

  // Sending by hand keeps what was typed; without JavaScript the browser posts the form and the server keeps a draft.
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
    setIntent(String(form.get('intent')));
    send(form);
  };

  // The summary takes the focus at each new list, so typing must not make one.
  const errors = useMemo(() => errorsOf(state), [state]);
  const errorsByField = state.fieldErrors ?? {};
  const { test, draft, offerAnyway } = state.data ?? {};
  const values = initial && { ...initial, ...state.values };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,40rem)_minmax(0,1fr)]">
      <Card aria-label="Configuration">
        <CardBody>
          <form
            action={post}
            onSubmit={submit}
            onChange={() => setChangedAfter(state)}
            className="grid gap-5"
            noValidate
          >
            <ErrorSummary errors={errors} />
            {id && <input type="hidden" name="id" value={id} />}
            {draft && <input type="hidden" name="draft" value={draft.id} />}
            {values && <AddressField values={values} errors={errorsByField} />}
            <TokenField errors={errorsByField} keptLast4={draft?.last4 ?? storedLast4} />
            {values && <IndexAndNameFields values={values} errors={errorsByField} />}
            {offerAnyway && (
              <Checkbox id="anyway" name="anyway" value="on" label={anyway.label} hint={anyway.hint} />
            )}
            <div className="flex flex-wrap gap-2.5">
              <SubmitButton
                name="intent"
                value="test"
                variant="secondary"
                icon={<Activity />}
                pending={pending && intent === 'test'}
                pendingLabel="Testing…"
              >
                Test Connection
              </SubmitButton>
              <SubmitButton
                name="intent"
                value="save"
                pending={pending && intent === 'save'}
                pendingLabel={savingLabel}
              >
                {saveLabel}
              </SubmitButton>
              <Button href="/settings/siem" variant="ghost">
                Cancel
              </Button>
            </div>
          </form>
        </CardBody>
      </Card>
      {test && <TestResultCard result={test.result} endedAt={test.endedAt} stale={changedAfter === state} />}
    </div>
  );
}

/** The same words at the top as at the fields, each a link to its field. */
function errorsOf(state: ActionState<SplunkFormData>) {
  const ofFields = Object.entries(state.fieldErrors ?? {}).map(([fieldId, { message }]) => ({
    fieldId,
    message,
  }));
  const { status, message, hint } = state;
  if (status !== 'error' || !message) return ofFields;
  // What is no field's fault has no place but this for its cure.
  const sentence = message.endsWith('.') ? message : `${message}.`;
  return [{ message: hint ? `${sentence} ${hint}` : sentence }, ...ofFields];
}
