import { type Errors, problemOf } from '@/components/siem/field-problem';
import { type Earlier, StartFields } from '@/components/siem/start-fields';
import { TrustFields } from '@/components/siem/trust-fields';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/** As the form sends them, each optional: an unanswered question keeps its usual answer. */
export type AdvancedValues = {
  trust: string;
  fingerprint: string;
  heartbeat: string;
  start?: string;
  startFrom?: string;
};

type AdvancedFieldsProps = {
  values: AdvancedValues;
  errors: Errors;
  /** Text of the authority that was pasted or uploaded before. */
  authority: string | undefined;
  /** The authority that is stored, in words: an empty field keeps it. */
  storedAuthority: string | undefined;
  /** Only of a new integration. */
  earlier: Earlier | undefined;
  /** How many events that happened since the chosen day. */
  counted: number | undefined;
  open: boolean;
};

/** What most people never change: where the stream begins, what is trusted, the heartbeat. */
export function AdvancedFields(props: AdvancedFieldsProps) {
  const { values, errors, authority, storedAuthority, earlier, counted, open } = props;
  return (
    <details open={open}>
      <summary className="w-fit font-medium text-accent">Advanced settings</summary>
      <div className="mt-4 grid gap-6">
        {earlier && <StartFields values={values} errors={errors} earlier={earlier} counted={counted} />}
        <TrustFields
          values={values}
          errors={errors}
          authority={authority}
          storedAuthority={storedAuthority}
        />
        <Field
          id="heartbeat"
          label="Heartbeat"
          hint="Minutes of silence after which one event is sent, to prove that the stream flows. Empty means none"
          {...problemOf(errors, 'heartbeat')}
        >
          {(control) => (
            <Input
              {...control}
              name="heartbeat"
              inputMode="numeric"
              autoComplete="off"
              className="max-w-40"
              defaultValue={values.heartbeat}
            />
          )}
        </Field>
      </div>
    </details>
  );
}
