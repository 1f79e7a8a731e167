import type { AdvancedValues } from '@/components/siem/advanced-fields';
import { type Errors, problemOf, verbatim } from '@/components/siem/field-problem';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasswordInput } from '@/components/ui/password-input';

/** The fields' ids are their names: the error summary links to them. */
export type SplunkValues = AdvancedValues & { name: string; hecUrl: string; index: string };

type FieldsProps = { values: SplunkValues; errors: Errors };

export function AddressField({ values, errors }: FieldsProps) {
  return (
    <Field
      id="hecUrl"
      label="HEC URL"
      hint="The address of your HTTP Event Collector"
      {...problemOf(errors, 'hecUrl')}
    >
      {(control) => (
        <Input
          {...control}
          {...verbatim}
          name="hecUrl"
          face="mono"
          inputMode="url"
          placeholder="https://splunk.example.com:8088"
          defaultValue={values.hecUrl}
        />
      )}
    </Field>
  );
}

/** `keptLast4` is the end of a token that the server knows already, so that the field may stay empty. */
export function TokenField({ errors, keptLast4 }: { errors: Errors; keptLast4: string | undefined }) {
  const hint =
    keptLast4 === undefined
      ? 'From Splunk: Settings, Data inputs, HTTP Event Collector'
      : `Token entered${keptLast4 && `, ends in ${keptLast4}`}. Leave empty to keep it`;
  return (
    <Field id="hecToken" label="HEC Token" hint={hint} {...problemOf(errors, 'hecToken')}>
      {(control) => <PasswordInput {...control} name="hecToken" face="mono" autoComplete="off" />}
    </Field>
  );
}

export function IndexAndNameFields({ values, errors }: FieldsProps) {
  return (
    <>
      <Field
        id="index"
        label="Index"
        hint="Where Splunk keeps the events. Empty means the token’s default"
        {...problemOf(errors, 'index')}
      >
        {(control) => (
          <Input {...control} {...verbatim} name="index" face="mono" defaultValue={values.index} />
        )}
      </Field>
      <Field
        id="name"
        label="Name"
        hint="What this integration is called in the console"
        optional
        {...problemOf(errors, 'name')}
      >
        {(control) => <Input {...control} name="name" autoComplete="off" defaultValue={values.name} />}
      </Field>
    </>
  );
}
