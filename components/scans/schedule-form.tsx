'use client';

import { type SubmitEvent, useState } from 'react';
import { FormErrors } from '@/components/auth/form-errors';
import { scanPath } from '@/components/scans/scan-path';
import { ScheduleFields, type ScheduleValues } from '@/components/scans/schedule-fields';
import { SchedulePreviewCard } from '@/components/scans/schedule-preview';
import { useSubmission } from '@/components/siem/use-submission';
import { Button } from '@/components/ui/button';
import { Card, CardBody } from '@/components/ui/card';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ActionState } from '@/lib/action/state';
import type { SchedulePreview } from '@/lib/scans/schedule/preview';
import { repeatKinds } from '@/lib/scans/schedule/repeat-kinds';

type ScheduleFormProps = {
  action: (state: ActionState<SchedulePreview>, form: FormData) => Promise<ActionState<SchedulePreview>>;
  id: string;
  initial: ScheduleValues;
  zones: readonly string[];
  /** What the stored schedule means; absent without one. */
  current?: SchedulePreview | undefined;
};

const fields = ['repeats', 'minute', 'weekday', 'day', 'time', 'cron', 'timeZone'] as const;

/** When a scan starts by itself. "Show next runs" changes nothing. One form, with and without JavaScript. */
export function ScheduleForm({ action, id, initial, zones, current }: ScheduleFormProps) {
  const { state, post, send, pending } = useSubmission(action);
  const [intent, setIntent] = useState<string>();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
    setIntent(String(form.get('intent')));
    send(form);
  };
  const repeats = repeatKinds.find((kind) => kind === state.values?.repeats) ?? initial.repeats;
  const values = { ...initial, ...state.values, repeats };
  const asked = state.data;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,40rem)_minmax(0,1fr)]">
      <Card aria-label="Schedule">
        <CardBody>
          <form action={post} onSubmit={submit} className="group/schedule grid gap-5" noValidate>
            <FormErrors state={state} fields={fields} />
            <input type="hidden" name="id" value={id} />
            <ScheduleFields values={values} errors={state.fieldErrors ?? {}} zones={zones} />
            <div className="flex flex-wrap gap-2.5">
              <SubmitButton
                name="intent"
                value="preview"
                variant="secondary"
                pending={pending && intent === 'preview'}
              >
                Show next runs
              </SubmitButton>
              <SubmitButton
                name="intent"
                value="save"
                pending={pending && intent === 'save'}
                pendingLabel="Saving…"
              >
                Save schedule
              </SubmitButton>
              <Button href={scanPath(id)} variant="ghost">
                Cancel
              </Button>
            </div>
          </form>
        </CardBody>
      </Card>
      {asked ? (
        <SchedulePreviewCard preview={asked} title="Next runs, once it is saved" announce />
      ) : (
        current && <SchedulePreviewCard preview={current} title="Next runs" />
      )}
    </div>
  );
}
