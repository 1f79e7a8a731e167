import Form from 'next/form';
import { replayHref } from '@/components/siem/replay-address';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import type { TimeProblem, TypedTimes } from '@/lib/siem/replay/read-times';

type ReplayFormProps = {
  integrationId: string;
  times: TypedTimes;
  problems: readonly TimeProblem[];
  zone: string;
};

/** Chooses the time of the events to send again. A GET form: it only leads to the preview. */
export function ReplayForm({ integrationId, times, problems, zone }: ReplayFormProps) {
  const problemOf = (field: keyof TypedTimes) => {
    const problem = problems.find((one) => one.field === field);
    return { error: problem?.message, cure: problem?.hint };
  };
  return (
    <Form action={replayHref(integrationId)} className="grid gap-4" noValidate>
      <ErrorSummary errors={problems.map(({ field, message }) => ({ fieldId: field, message }))} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="from" label={`From (${zone})`} {...problemOf('from')}>
          {(control) => <Input {...control} name="from" type="datetime-local" defaultValue={times.from} />}
        </Field>
        <Field id="to" label={`Before (${zone})`} {...problemOf('to')}>
          {(control) => <Input {...control} name="to" type="datetime-local" defaultValue={times.to} />}
        </Field>
      </div>
      <div>
        <SubmitButton variant="secondary" pendingLabel="Counting…">
          Preview
        </SubmitButton>
      </div>
    </Form>
  );
}
