import Form from 'next/form';
import { retentionPath } from '@/components/integrity/paths';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { type RetentionDays, retentionChoices } from '@/lib/integrity/retention/choices';
import { retentionInWords } from '@/lib/integrity/retention/words';

/** Chooses how long events are kept. A GET form: it only leads to what that would mean. */
export function RetentionForm({ days }: { days: RetentionDays }) {
  return (
    <Form action={retentionPath} className="flex flex-wrap items-end gap-x-3 gap-y-4">
      <div className="min-w-0 grow basis-56 sm:max-w-72">
        <Field id="days" label="Keep events" hint="90 days at least.">
          {(control) => (
            <Select {...control} name="days" defaultValue={String(days ?? 'forever')}>
              {retentionChoices.map((choice) => (
                <option key={choice} value={String(choice ?? 'forever')}>
                  {retentionInWords(choice)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <SubmitButton variant="secondary" pendingLabel="Counting…">
        Continue
      </SubmitButton>
    </Form>
  );
}
