import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { FieldProblem } from '@/lib/action/state';
import type { Picker } from '@/lib/scans/schedule/picker';

/** The fields as they stand in the form. */
export type ScheduleValues = Picker & { readonly timeZone: string };

type FieldsProps = { values: ScheduleValues; errors: Record<string, FieldProblem> };

const kinds = [
  ['hourly', 'Every hour'],
  ['daily', 'Every day'],
  ['weekdays', 'Monday to Friday'],
  ['weekly', 'Every week'],
  ['monthly', 'Every month'],
  ['advanced', 'By a cron expression'],
] as const;

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monday = 1;

/** Which fields a kind needs is CSS: it works without JavaScript, and every field keeps what was typed into it. */
const shown = {
  minute: 'hidden group-has-[#repeats_option[value=hourly]:checked]/schedule:block',
  weekday: 'hidden group-has-[#repeats_option[value=weekly]:checked]/schedule:block',
  day: 'hidden group-has-[#repeats_option[value=monthly]:checked]/schedule:block',
  time: 'group-has-[#repeats_option[value=hourly]:checked]/schedule:hidden group-has-[#repeats_option[value=advanced]:checked]/schedule:hidden',
  cron: 'hidden group-has-[#repeats_option[value=advanced]:checked]/schedule:block',
};

/** How often, when, and on which clock. Stands in a form that is the group `schedule`. */
export function ScheduleFields({ values, errors, zones }: FieldsProps & { zones: readonly string[] }) {
  const of = (name: keyof ScheduleValues) => ({
    id: name,
    error: errors[name]?.message,
    cure: errors[name]?.hint,
  });
  return (
    <>
      <Field {...of('repeats')} label="Repeats">
        {(control) => (
          <Select {...control} key={values.repeats} name="repeats" defaultValue={values.repeats}>
            {kinds.map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className={shown.minute}>
        <Field {...of('minute')} label="Minute" hint="0 to 59, past each hour">
          {(control) => (
            <Input
              {...control}
              name="minute"
              inputMode="numeric"
              autoComplete="off"
              className="w-24!"
              defaultValue={values.minute}
            />
          )}
        </Field>
      </div>
      <div className={shown.weekday}>
        <Field {...of('weekday')} label="Day of the week">
          {(control) => (
            <Select {...control} key={values.weekday} name="weekday" defaultValue={values.weekday}>
              {weekdays.map((_, at) => {
                const day = (monday + at) % weekdays.length;
                return (
                  <option key={day} value={day}>
                    {weekdays[day]}
                  </option>
                );
              })}
            </Select>
          )}
        </Field>
      </div>
      <div className={shown.day}>
        <Field {...of('day')} label="Day of the month" hint="A month without that day is left out">
          {(control) => (
            <Select {...control} key={values.day} name="day" defaultValue={values.day}>
              {Array.from({ length: 31 }, (_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: days of a month keep their order
                <option key={at} value={at + 1}>
                  {at + 1}
                </option>
              ))}
              <option value="L">Last day</option>
            </Select>
          )}
        </Field>
      </div>
      <div className={shown.time}>
        <Field {...of('time')} label="Time" hint="On the clock of the zone below">
          {(control) => (
            <Input
              {...control}
              name="time"
              type="time"
              required
              className="w-36!"
              defaultValue={values.time}
            />
          )}
        </Field>
      </div>
      <div className={shown.cron}>
        <Field {...of('cron')} label="Cron expression" hint="Minute, hour, day of month, month, day of week">
          {(control) => (
            <Input
              {...control}
              name="cron"
              face="mono"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              defaultValue={values.cron}
            />
          )}
        </Field>
      </div>
      <Field {...of('timeZone')} label="Time zone">
        {(control) => (
          <Select {...control} key={values.timeZone} name="timeZone" defaultValue={values.timeZone}>
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}
