import { Clock, Globe } from 'lucide-react';
import { commonTimeZones } from '@/components/layout/common-time-zones';
import { LocalZoneChoice } from '@/components/layout/local-zone-choice';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import type { FormAction } from '@/components/ui/form-action';
import { Menu } from '@/components/ui/menu';
import { MenuChoice } from '@/components/ui/menu-choice';
import { Select } from '@/components/ui/select';
import { formatZone } from '@/lib/format-time';

/** Posts `timeZone`: UTC, the browser's own zone (known only to JavaScript), or one of a list. */
export function TimeZoneControl({ timeZone, action }: { timeZone: string; action: FormAction }) {
  const label = formatZone(new Date(), timeZone);
  const others: string[] = [...commonTimeZones];
  if (timeZone !== 'UTC' && !others.includes(timeZone)) others.push(timeZone);

  return (
    <Menu
      variant="secondary"
      icon={<Clock />}
      trigger={label}
      label={`Time zone: ${label}`}
      className="w-66!"
    >
      <form action={action}>
        <MenuChoice name="timeZone" value="UTC" icon={<Globe />} chosen={timeZone === 'UTC'}>
          UTC
        </MenuChoice>
        <LocalZoneChoice timeZone={timeZone} />
      </form>
      <form action={action} className="mt-1.5 border-t border-line px-2 pt-2.5 pb-1.5">
        <Field id="other-time-zone" label="Another zone">
          {(control) => (
            <div className="flex gap-2">
              {/* The key makes React take up a zone chosen elsewhere. */}
              <Select
                {...control}
                key={timeZone}
                name="timeZone"
                defaultValue={timeZone}
                className="min-w-0 flex-1"
              >
                {timeZone === 'UTC' && <option value="UTC">UTC</option>}
                {others.map((zone) => (
                  <option key={zone} value={zone}>
                    {zone.replaceAll('_', ' ')}
                  </option>
                ))}
              </Select>
              <Button type="submit" className="min-h-9!">
                Set
              </Button>
            </div>
          )}
        </Field>
      </form>
    </Menu>
  );
}
