import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasswordInput } from '@/components/ui/password-input';
import { Select } from '@/components/ui/select';
import type { FieldProblem } from '@/lib/action/state';

/** The fields' ids are their names: the error summary links to them. The secret is never among the values. */
export type OidcValues = {
  name: string;
  issuer: string;
  clientId: string;
  scopes: string;
  domains: string;
  role: string;
};

type Errors = Record<string, FieldProblem>;

const problem = (errors: Errors, name: string) => ({
  error: errors[name]?.message,
  cure: errors[name]?.hint,
});

/** What no browser should correct, complete or capitalize. */
const verbatim = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const;

/** What the provider is, and who we are to it. */
export function ProviderFields({ values, errors }: { values: OidcValues; errors: Errors }) {
  return (
    <>
      <Field
        id="name"
        label="Display name"
        hint="On the button of the sign-in page"
        {...problem(errors, 'name')}
      >
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="off"
            placeholder="Acme SSO"
            defaultValue={values.name}
          />
        )}
      </Field>
      <Field
        id="issuer"
        label="Issuer URL"
        hint="The provider publishes its settings below this address"
        {...problem(errors, 'issuer')}
      >
        {(control) => (
          <Input
            {...control}
            {...verbatim}
            name="issuer"
            face="mono"
            inputMode="url"
            placeholder="https://login.example.com"
            defaultValue={values.issuer}
          />
        )}
      </Field>
      <Field
        id="clientId"
        label="Client ID"
        hint="The provider gives it out together with the secret"
        {...problem(errors, 'clientId')}
      >
        {(control) => (
          <Input {...control} {...verbatim} name="clientId" face="mono" defaultValue={values.clientId} />
        )}
      </Field>
    </>
  );
}

type SecretFieldProps = {
  errors: Errors;
  /** What is stored: "ends in 7f3a, set on 24 Nov 2026". Undefined where there is none yet. */
  stored: string | undefined;
  /** A secret was typed in the form that came back; a browser without JavaScript has lost it. */
  lost: boolean;
};

/** It goes in and never comes out: an empty field keeps the stored secret. */
export function SecretField({ errors, stored, lost }: SecretFieldProps) {
  const hint =
    stored === undefined ? 'Kept sealed and never shown again' : `Stored: ${stored}. Leave empty to keep it`;
  return (
    <Field id="clientSecret" label="Client secret" hint={hint} {...problem(errors, 'clientSecret')}>
      {(control) => (
        <>
          <PasswordInput {...control} name="clientSecret" face="mono" autoComplete="off" />
          {lost && (
            <noscript>
              <p className="mt-1.5 text-muted">Enter the secret again: it is not sent back to this page.</p>
            </noscript>
          )}
        </>
      )}
    </Field>
  );
}

/** Who may come in, and as what. */
export function AdmissionFields({ values, errors }: { values: OidcValues; errors: Errors }) {
  return (
    <>
      <Field
        id="scopes"
        label="Scopes"
        hint="What is asked of the provider: openid, and email for the address"
        {...problem(errors, 'scopes')}
      >
        {(control) => (
          <Input {...control} {...verbatim} name="scopes" face="mono" defaultValue={values.scopes} />
        )}
      </Field>
      <Field
        id="domains"
        label="Allowed e-mail domains"
        hint="Empty: any address that the provider has verified"
        optional
        {...problem(errors, 'domains')}
      >
        {(control) => (
          <Input
            {...control}
            {...verbatim}
            name="domains"
            face="mono"
            placeholder="example.com example.org"
            defaultValue={values.domains}
          />
        )}
      </Field>
      <Field
        id="role"
        label="Role of new members"
        hint="Whoever signs in for the first time gets it; an admin can change it later"
        {...problem(errors, 'role')}
      >
        {(control) => (
          <Select {...control} name="role" defaultValue={values.role} className="max-w-60">
            <option value="member">Member</option>
            <option value="auditor">Auditor</option>
          </Select>
        )}
      </Field>
    </>
  );
}
