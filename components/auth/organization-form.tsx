import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

type OrganizationFormProps = {
  next: string;
  /** What was typed and is no name of an organization. */
  typed: string | undefined;
};

/** Leads to an organization's own sign-in page, which has its identity providers. */
export function OrganizationForm({ next, typed }: OrganizationFormProps) {
  return (
    <form action="/login" className="grid gap-4">
      {next !== '/' && <input type="hidden" name="next" value={next} />}
      <Field
        id="organization"
        label="Your organization’s short name"
        hint="The end of its sign-in address: /login/acme"
        error={typed !== undefined && 'A short name has small letters, digits and hyphens only.'}
        cure={typed !== undefined && 'Ask an admin of your organization for it.'}
      >
        {(control) => (
          <Input
            {...control}
            name="organization"
            autoComplete="organization"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            required
            defaultValue={typed}
          />
        )}
      </Field>
      <Button type="submit" size="lg" className="w-full">
        Continue
      </Button>
    </form>
  );
}
