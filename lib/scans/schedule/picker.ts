import { UserError } from '@/lib/action/user-error';
import type { RepeatKind } from '@/lib/scans/schedule/repeat-kinds';

/** The form's fields as they are typed. Those that the kind does not need are ignored. */
export type Picker = {
  readonly repeats: RepeatKind;
  /** "0" to "59": past each hour. */
  readonly minute: string;
  /** "02:00". */
  readonly time: string;
  /** "0" is Sunday. */
  readonly weekday: string;
  /** "1" to "31", or "L": the last one. */
  readonly day: string;
  readonly cron: string;
};

/** At night, when nobody is kept waiting by the visit. */
const usual: Picker = { repeats: 'daily', minute: '0', time: '02:00', weekday: '1', day: '1', cron: '' };

/** The fields that say a stored expression; the advanced one for what the others cannot. */
export function pickerOf(cron: string | undefined): Picker {
  if (cron === undefined) return usual;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.split(' ');
  const picker = { ...usual, cron };
  const number = /^\d{1,2}$/;
  if (!number.test(minute) || month !== '*') return { ...picker, repeats: 'advanced' };
  if (hour === '*' && day === '*' && weekday === '*') return { ...picker, repeats: 'hourly', minute };
  if (!number.test(hour)) return { ...picker, repeats: 'advanced' };
  const timed = { ...picker, time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` };
  if (day === '*' && weekday === '*') return { ...timed, repeats: 'daily' };
  if (day === '*' && weekday === '1-5') return { ...timed, repeats: 'weekdays' };
  if (day === '*' && /^[0-6]$/.test(weekday)) return { ...timed, repeats: 'weekly', weekday };
  if (weekday === '*' && (number.test(day) || day === 'L')) return { ...timed, repeats: 'monthly', day };
  return { ...picker, repeats: 'advanced' };
}

/** The expression that the fields say; whether it can be used is for lib/scans/schedule/cron.ts to judge. Throws a UserError that names the field. */
export function cronOf(picker: Picker): string {
  switch (picker.repeats) {
    case 'advanced':
      return picker.cron;
    case 'hourly':
      return `${parseMinute(picker.minute)} * * * *`;
    case 'daily':
      return `${parseTime(picker.time)} * * *`;
    case 'weekdays':
      return `${parseTime(picker.time)} * * 1-5`;
    case 'weekly':
      return `${parseTime(picker.time)} * * ${one(picker.weekday, /^[0-6]$/, 'weekday', 'Choose a day of the week')}`;
    case 'monthly': {
      const day = one(picker.day, /^(?:[1-9]|[12]\d|3[01]|L)$/, 'day', 'Choose a day of the month');
      return `${parseTime(picker.time)} ${day} * *`;
    }
  }
}

function parseMinute(typed: string): number {
  return Number(one(typed.trim(), /^[0-5]?\d$/, 'minute', 'Enter a minute from 0 to 59'));
}

/** "Minute hour", as cron has them. */
function parseTime(typed: string): string {
  const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(typed.trim());
  if (!match) {
    throw new UserError('Enter a time of day', { field: 'time', hint: 'For example 02:00 or 14:30.' });
  }
  return `${Number(match[2])} ${Number(match[1])}`;
}

function one(typed: string, pattern: RegExp, field: string, message: string): string {
  if (pattern.test(typed)) return typed;
  throw new UserError(message, { field });
}
