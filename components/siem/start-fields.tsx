'use client';

import { useState } from 'react';
import type { AdvancedValues } from '@/components/siem/advanced-fields';
import { type Errors, problemOf } from '@/components/siem/field-problem';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Radio } from '@/components/ui/radio';
import { type ActionState, idle } from '@/lib/action/state';

/** What the log holds already. */
export type Earlier = {
  events: number;
  /** The first day of it, in the reader's zone. */
  since: string | undefined;
  /** The reader's day, as a date field wants it. */
  today: string;
  /** How many events happened since the beginning of a day. */
  count: (state: ActionState<number>, form: FormData) => Promise<ActionState<number>>;
};

type StartFieldsProps = {
  values: AdvancedValues;
  errors: Errors;
  earlier: Earlier;
  /** Told by the last answer of the form, for browsers without JavaScript. */
  counted: number | undefined;
};

/** Which events the new integration gets, and how many of them have happened already. */
export function StartFields({ values, errors, earlier, counted }: StartFieldsProps) {
  const [asked, setAsked] = useState<number>();
  const { start = 'now', startFrom } = values;
  const count = async (day: string) => {
    const form = new FormData();
    form.set('startFrom', day);
    // What cannot be counted now is told by the test.
    const answer = await earlier.count(idle, form).catch(() => idle);
    setAsked(answer.data);
  };
  const told = asked ?? counted;
  return (
    <fieldset className="group/start grid min-w-0 gap-3">
      <legend className="mb-1 font-medium">Events to send</legend>
      <Radio
        id="start-now"
        name="start"
        value="now"
        defaultChecked={start === 'now'}
        label="From now on"
        hint="Nothing that happened before"
      />
      <Radio
        id="start-date"
        name="start"
        value="date"
        defaultChecked={start === 'date'}
        label="From a day on"
        hint="What happened since then is sent first"
      />
      <div className="hidden pl-6.5 group-has-[#start-date:checked]/start:block">
        <Field id="startFrom" label="First day" {...problemOf(errors, 'startFrom')}>
          {(control) => (
            <Input
              {...control}
              type="date"
              name="startFrom"
              max={earlier.today}
              className="max-w-48"
              defaultValue={startFrom}
              onChange={({ target }) => count(target.value)}
            />
          )}
        </Field>
        <p role="status" className="mt-1.5 text-muted">
          {told !== undefined && `${eventsOf(told)} since then.`}
        </p>
      </div>
      <Radio
        id="start-beginning"
        name="start"
        value="beginning"
        defaultChecked={start === 'beginning'}
        label="Everything in the log"
        hint={
          earlier.since === undefined ? 'No event yet' : `${eventsOf(earlier.events)} since ${earlier.since}`
        }
      />
    </fieldset>
  );
}

function eventsOf(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`;
}
