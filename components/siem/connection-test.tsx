'use client';

import { Activity } from 'lucide-react';
import { type SubmitEvent, useMemo } from 'react';
import type { SplunkAction } from '@/components/siem/splunk-form';
import { summaryOf } from '@/components/siem/summary-of';
import { TestResultCard } from '@/components/siem/test-result';
import { useSubmission } from '@/components/siem/use-submission';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';

/** Tests an integration with the settings that are stored. `settings` is the page where they can be changed. */
export function ConnectionTest({
  action,
  id,
  settings,
}: {
  action: SplunkAction;
  id: string;
  settings: string;
}) {
  const { state, post, send, pending } = useSubmission(action);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    form.set('live', 'on');
    send(form);
  };
  const test = state.data?.test;
  // The result says what failed; only what kept the test from being made has no other place, and no field here.
  const [first] = Object.values(state.fieldErrors ?? {});
  const errors = useMemo(
    () => (test ? [] : summaryOf({ ...state, ...first, fieldErrors: undefined })),
    [test, state, first],
  );
  return (
    <div className="grid max-w-190 gap-4">
      <ErrorSummary errors={errors} />
      <form action={post} onSubmit={submit}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton icon={<Activity />} pending={pending} pendingLabel="Testing…">
          Send test event
        </SubmitButton>
      </form>
      {test && (
        <TestResultCard
          test={test}
          trust={() => <Button href={settings}>Edit settings to trust it</Button>}
        />
      )}
    </div>
  );
}
