import type { AdvancedValues } from '@/components/siem/advanced-fields';
import { type Errors, problemOf, verbatim } from '@/components/siem/field-problem';
import { Field } from '@/components/ui/field';
import { Radio } from '@/components/ui/radio';
import { Textarea } from '@/components/ui/textarea';

type TrustFieldsProps = {
  values: AdvancedValues;
  errors: Errors;
  authority: string | undefined;
  storedAuthority: string | undefined;
};

/** What makes a server the right one. Style sheets show the fields of the choice, so it works without JavaScript too. */
export function TrustFields({ values, errors, authority, storedAuthority }: TrustFieldsProps) {
  const choice = (value: string) => ({
    name: 'trust',
    id: `trust-${value}`,
    value,
    defaultChecked: values.trust === value,
  });
  return (
    <fieldset className="group/trust grid min-w-0 gap-3">
      <legend className="mb-1 font-medium">Trusted certificate</legend>
      <Radio
        {...choice('system')}
        label="From a public authority"
        hint="What this server’s system trusts. Right for Splunk Cloud"
      />
      <Radio {...choice('ca')} label="From your own authority (CA)" hint="Instead of the public ones" />
      <div className="hidden gap-3 pl-6.5 group-has-[#trust-ca:checked]/trust:grid">
        <Field
          id="caCertificate"
          label="CA certificate"
          hint={
            storedAuthority === undefined
              ? 'PEM text. It begins with -----BEGIN CERTIFICATE-----'
              : `Stored: ${storedAuthority}. Leave empty to keep it`
          }
          {...problemOf(errors, 'caCertificate')}
        >
          {(control) => (
            <Textarea
              {...control}
              {...verbatim}
              name="caCertificate"
              rows={4}
              face="mono"
              defaultValue={authority}
            />
          )}
        </Field>
        <Field id="caFile" label="Or choose its file" hint="Used instead of the text" optional>
          {(control) => (
            <input
              {...control}
              type="file"
              name="caFile"
              accept=".pem,.crt,.cer,.txt"
              className="block w-full min-w-0 text-sm text-muted file:mr-3 file:min-h-8.5 file:cursor-pointer file:rounded-lg file:border file:border-line-strong file:bg-surface file:px-3 file:font-medium file:text-ink"
            />
          )}
        </Field>
      </div>
      <Radio
        {...choice('pinned')}
        label="Exactly one certificate"
        hint="For a self-signed one. When it is replaced, delivery stops until you trust the new one"
      />
      <div className="hidden pl-6.5 group-has-[#trust-pinned:checked]/trust:grid">
        <Field
          id="fingerprint"
          label="SHA-256 fingerprint"
          hint="Test Connection shows it"
          {...problemOf(errors, 'fingerprint')}
        >
          {(control) => (
            <Textarea
              {...control}
              {...verbatim}
              name="fingerprint"
              rows={2}
              face="mono"
              defaultValue={values.fingerprint}
            />
          )}
        </Field>
      </div>
    </fieldset>
  );
}
