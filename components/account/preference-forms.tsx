import { commonTimeZones } from '@/components/layout/common-time-zones';
import { Field } from '@/components/ui/field';
import type { FormAction } from '@/components/ui/form-action';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Theme } from '@/lib/preferences';

export type PreferenceFormsProps = {
  theme: Theme;
  timeZone: string;
  actions: { setTheme: FormAction; setTimeZone: FormAction };
};

/** Theme and time zone, the same choices as in the top bar. */
export function PreferenceForms({ theme, timeZone, actions }: PreferenceFormsProps) {
  const zones = [...new Set(['UTC', ...commonTimeZones, timeZone])];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <form action={actions.setTheme}>
        <Field id="theme" label="Theme">
          {(control) => (
            <div className="flex gap-2">
              <Select {...control} key={theme} name="theme" defaultValue={theme} className="min-w-0 flex-1">
                <option value="system">As the system</option>
                <option value="light">Light</option>
                <option value="dark">Dark</option>
              </Select>
              <SubmitButton variant="secondary">Set</SubmitButton>
            </div>
          )}
        </Field>
      </form>
      <form action={actions.setTimeZone}>
        <Field id="time-zone" label="Time zone">
          {(control) => (
            <div className="flex gap-2">
              {/* The key makes React take up a zone chosen in the top bar. */}
              <Select
                {...control}
                key={timeZone}
                name="timeZone"
                defaultValue={timeZone}
                className="min-w-0 flex-1"
              >
                {zones.map((zone) => (
                  <option key={zone} value={zone}>
                    {zone.replaceAll('_', ' ')}
                  </option>
                ))}
              </Select>
              <SubmitButton variant="secondary">Set</SubmitButton>
            </div>
          )}
        </Field>
      </form>
    </div>
  );
}
