'use client';

import { Activity } from 'lucide-react';
import { type SubmitEvent, useMemo, useState } from 'react';
import { AdvancedFields } from '@/components/siem/advanced-fields';
import {
  AddressField,
  IndexAndNameFields,
  type SplunkValues,
  TokenField,
} from '@/components/siem/splunk-fields';
import type { Earlier } from '@/components/siem/start-fields';
import { summaryOf } from '@/components/siem/summary-of';
import { type ShownTest, TestResultCard } from '@/components/siem/test-result';
import { useSubmission } from '@/components/siem/use-submission';
import { Button } from '@/components/ui/button';
import { Card, CardBody } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState, FollowedState } from '@/lib/action/state';

/** What the configuration page learns from a submission. Never the token: only that it was entered, and its end. */
export type SplunkFormData = {
  test?: ShownTest | undefined;
  draft?: { id: string; last4: string } | undefined;
  /** Saving failed at the test: offer to save all the same. */
  offerAnyway?: boolean | undefined;
  /** Fingerprint of the certificate that somebody chose to trust, from now on a value of the form. */
  pinned?: string | undefined;
  /** Text of the authority that was pasted or uploaded. */
  authority?: string | undefined;
  /** How many events that happened already would be sent. */
  earlier?: number | undefined;
};

export type SplunkAction = (
  state: ActionState<SplunkFormData>,
  form: FormData,
) => Promise<FollowedState<SplunkFormData>>;

type SplunkFormProps = {
  action: SplunkAction;
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
  /** The stored authority in words, which an empty field keeps. */
  storedAuthority?: string | undefined;
  /** Of a new integration: what the log holds already. */
  earlier?: Earlier;
};

const formId = 'splunk-form';

/** HEC URL, HEC Token, Index; Test Connection and save. One form, with and without JavaScript. */
export function SplunkForm(props: SplunkFormProps) {
  const { action, initial, saveLabel, savingLabel, anyway, id, storedLast4 } = props;
  const { state, post, send, pending } = useSubmission(action);
  const [intent, setIntent] = useState<string>();
  const [changed, setChanged] = useState(false);

  // Sending by hand keeps what was typed; without JavaScript the browser posts the form and the server keeps a draft.
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
    form.set('live', 'on');
    setIntent(String(form.get('intent') ?? 'pin'));
    setChanged(false);
    send(form);
  };

  // The summary takes the focus at each new list, so typing must not make one.
  const errors = useMemo(() => summaryOf(state), [state]);
  const errorsByField = state.fieldErrors ?? {};
  const { test, draft, offerAnyway, pinned, authority, earlier } = state.data ?? {};
  const values = initial && {
    ...initial,
    ...state.values,
    ...(pinned && { trust: 'pinned', fingerprint: pinned }),
  };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,40rem)_minmax(0,1fr)]">
      <Card aria-label="Configuration">
        <CardBody>
          <form
            id={formId}
            action={post}
            onSubmit={submit}
            onChange={() => setChanged(true)}
            className="grid gap-5"
            noValidate
          >
            <ErrorSummary errors={errors} />
            {id && <input type="hidden" name="id" value={id} />}
            {draft && <input type="hidden" name="draft" value={draft.id} />}
            {values && <AddressField values={values} errors={errorsByField} />}
            <TokenField errors={errorsByField} keptLast4={draft?.last4 ?? storedLast4} />
            {values && <IndexAndNameFields values={values} errors={errorsByField} />}
            {values && (
              <AdvancedFields
                // A pinned certificate is a choice that the form itself makes, over what was chosen in it.
                key={pinned}
                values={values}
                errors={errorsByField}
                authority={authority}
                storedAuthority={props.storedAuthority}
                earlier={props.earlier}
                counted={earlier}
                open={isOpen(values, errorsByField)}
              />
            )}
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
      {/* In sight of the buttons at the end of a long form. */}
      {test && (
        <div className="min-w-0 lg:sticky lg:top-18">
          <TestResultCard
            test={test}
            stale={changed}
            trust={(fingerprint) =>
              values && (
                <SubmitButton
                  form={formId}
                  name="pin"
                  value={fingerprint}
                  variant="secondary"
                  pending={pending && intent === 'pin'}
                  pendingLabel="Testing…"
                >
                  Trust exactly this certificate
                </SubmitButton>
              )
            }
          />
        </div>
      )}
    </div>
  );
}

/** Whatever is not the usual choice, or not accepted, is in sight. */
function isOpen(values: SplunkValues, errors: Record<string, unknown>): boolean {
  const { trust, heartbeat, start = 'now' } = values;
  const concerned = ['caCertificate', 'fingerprint', 'startFrom', 'heartbeat'];
  return (
    trust !== 'system' || start !== 'now' || heartbeat !== '' || concerned.some((field) => field in errors)
  );
}
