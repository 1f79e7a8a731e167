import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { UserError } from '@/lib/action/user-error';
import { formatTime } from '@/lib/format-time';
import { clockChangeNotes } from '@/lib/scans/schedule/clock-changes';
import { nextRuns, parseCron } from '@/lib/scans/schedule/cron';
import { cronOf, type Picker, pickerOf } from '@/lib/scans/schedule/picker';
import { previewSchedule, scheduleSentence } from '@/lib/scans/schedule/preview';
import { repeatKinds } from '@/lib/scans/schedule/repeat-kinds';

describe('a cron expression', () => {
  test.each([
    ['0 2 * * *', '0 2 * * *'],
    ['  0   2 * *  mon-FRI ', '0 2 * * mon-FRI'],
    ['*/15 * * * *', '*/15 * * * *'],
    ['0,15,30,45 8-18 * * 1-5', '0,15,30,45 8-18 * * 1-5'],
    ['0 2 L * *', '0 2 L * *'],
    ['0 2 * * 1#2', '0 2 * * 1#2'],
    ['0 2 29 2 *', '0 2 29 2 *'],
    ['*/15 0 29 2 *', '*/15 0 29 2 *'],
    // The night would be too short, but no two of these days follow each other.
    ['0,59 0,23 1,15 * *', '0,59 0,23 1,15 * *'],
  ])('%j is taken as %j', (typed, cron) => expect(parseCron(typed)).toEqual({ ok: true, cron }));

  test.each([
    ['', 'Enter a cron expression'],
    ['0 2 * *', 'A cron expression has five fields'],
    ['0 0 2 * * *', 'A cron expression has five fields'],
    ['@daily', 'A cron expression has five fields'],
    ['? 2 * * *', 'Cron expression contains ?'],
    ['0 2 1 * +MON', 'Cron expression contains +'],
    ['61 2 * * *', 'This is not a cron expression'],
    ['0 2 * * TODAY', 'This is not a cron expression'],
    ['0 2 31 2,4 *', 'No date matches this cron expression'],
    ['* * * * *', 'A scan can run every 15 minutes at most'],
    ['*/14 * * * *', 'A scan can run every 15 minutes at most'],
    ['0,50 * * * *', 'A scan can run every 15 minutes at most'],
    // The last run of an evening and the first of the next day, on two days of a month only.
    ['0,59 0,23 1,2 * *', 'A scan can run every 15 minutes at most'],
    ['0,59 0,23 31,1 12,1 *', 'A scan can run every 15 minutes at most'],
    ['0,59 0,23 29,1 2,3 *', 'A scan can run every 15 minutes at most'],
    [`0 2 * * ${'1,'.repeat(60)}1`, 'Cron expression is longer than 100 characters'],
  ])('%j is refused: %s', (typed, message) => expect(parseCron(typed)).toMatchObject({ ok: false, message }));

  test('is not followed through centuries to judge it', () => {
    const asked = vi.spyOn(Cron.prototype, 'nextRun');
    onTestFinished(() => asked.mockRestore());
    for (const cron of ['*/15 0 29 2 *', '0,15 0 31 12 1#5', '0,59 0,23 29 2 *', '*/15 * * * *'])
      parseCron(cron);
    const until = Date.now() + 20 * 366 * 86_400_000;
    for (const { value } of asked.mock.results) expect(value?.getTime() ?? 0).toBeLessThan(until);
    expect(asked.mock.calls.length).toBeLessThan(400);
  });

  test('that is refused says how to put it right, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (typed) => {
        const parsed = parseCron(typed);
        if (!parsed.ok) expect(parsed.hint).not.toBe('');
      }),
    );
  });
});

describe('the friendly fields', () => {
  const fields: Picker = {
    repeats: 'daily',
    minute: '5',
    time: '14:30',
    weekday: '3',
    day: '15',
    cron: '0 2 * * 1,4',
  };
  test.each<[Picker['repeats'], string]>([
    ['hourly', '5 * * * *'],
    ['daily', '30 14 * * *'],
    ['weekdays', '30 14 * * 1-5'],
    ['weekly', '30 14 * * 3'],
    ['monthly', '30 14 15 * *'],
    ['advanced', '0 2 * * 1,4'],
  ])('%s say %j, and come back from it', (repeats, cron) => {
    expect(cronOf({ ...fields, repeats })).toBe(cron);
    expect(pickerOf(cron).repeats).toBe(repeats);
    expect(cronOf(pickerOf(cron))).toBe(cron);
  });

  test('say the last day of a month, and begin with every night', () => {
    expect(cronOf({ ...fields, repeats: 'monthly', day: 'L' })).toBe('30 14 L * *');
    expect(pickerOf('30 14 L * *')).toMatchObject({ repeats: 'monthly', day: 'L', time: '14:30' });
    expect(cronOf(pickerOf(undefined))).toBe('0 2 * * *');
    expect(new Set(repeatKinds).size).toBe(6);
  });

  test.each<[Partial<Picker>, string]>([
    [{ repeats: 'hourly', minute: '60' }, 'minute'],
    [{ repeats: 'hourly', minute: '' }, 'minute'],
    [{ repeats: 'daily', time: '24:00' }, 'time'],
    [{ repeats: 'daily', time: '' }, 'time'],
    [{ repeats: 'weekly', weekday: '7' }, 'weekday'],
    [{ repeats: 'monthly', day: '32' }, 'day'],
    [{ repeats: 'monthly', day: '0' }, 'day'],
  ])('%j are refused at %s', (wrong, field) => {
    expect(() => cronOf({ ...fields, ...wrong })).toThrow(UserError);
    try {
      cronOf({ ...fields, ...wrong });
    } catch (error) {
      expect(error).toMatchObject({ field });
    }
  });
});

test('a schedule is told in a sentence, with three runs and their offsets', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect(previewSchedule({ cron: '0 2 * * 1', timeZone: 'Europe/Berlin' }, now)).toEqual({
    sentence: 'At 02:00, only on Monday',
    timeZone: 'Europe/Berlin',
    runs: [
      'Mon 30 Nov 2026 02:00 (+01:00)',
      'Mon 7 Dec 2026 02:00 (+01:00)',
      'Mon 14 Dec 2026 02:00 (+01:00)',
    ],
    notes: [],
  });
  expect(scheduleSentence('0 2 * * *')).toBe('At 02:00, every day');
  expect(scheduleSentence('what')).toBe('what');
});

describe('clock changes', () => {
  const after = new Date('2026-11-24T12:00:00Z');
  const notes = (cron: string, timeZone = 'Europe/Berlin') => clockChangeNotes({ cron, timeZone }, after);

  test('are named where they hit a time of the schedule', () => {
    expect(notes('30 2 * * *')).toEqual([
      'On 28 Mar 2027, 02:30 does not exist in Europe/Berlin; the run starts at 03:00.',
      'On 31 Oct 2027, 02:30 comes twice in Europe/Berlin; the run starts at the first.',
    ]);
    expect(notes('15 * * * *')).toEqual([
      'On 28 Mar 2027, 02:15 does not exist in Europe/Berlin; that run is left out.',
      'On 31 Oct 2027, 02:15 comes twice in Europe/Berlin; a run starts at each.',
    ]);
    expect(notes('30 2 * * 3')).toEqual([]);
    expect(notes('30 4 * * *')).toEqual([]);
    expect(notes('30 2 * * *', 'UTC')).toEqual([]);
    expect(notes('45 1 * * *', 'Australia/Lord_Howe')).toHaveLength(1);
  });

  test.each([
    ['30 2 * * *', 'Europe/Berlin'],
    ['0,30 2 * * *', 'America/New_York'],
    ['15 * * * *', 'Europe/Berlin'],
    ['*/15 2-3 * * *', 'America/New_York'],
    ['30 2,14 * * *', 'Europe/Berlin'],
    ['15 2 * * *', 'Australia/Lord_Howe'],
  ])('do as their notes say: %s in %s', (cron, timeZone) => {
    const schedule = { cron, timeZone };
    for (const note of clockChangeNotes(schedule, after)) {
      const [, day = '', times = '', rest = ''] = /^On (.+?), (.+?) (?:does|comes) (.+)$/.exec(note) ?? [];
      const noon = new Date(`${day} 12:00 UTC`);
      const runs = nextRuns(schedule, 300, new Date(noon.getTime() - 86_400_000)).filter(
        (run) => run.getTime() < noon.getTime() + 86_400_000,
      );
      const onTheDay = runs
        .filter((run) => run.toLocaleDateString('en-GB', { timeZone }) === noon.toLocaleDateString('en-GB'))
        .map((run) => formatTime(run, timeZone, 'minute'));
      const moved = /starts at (\d\d:\d\d)/.exec(rest)?.[1];
      for (const time of times.split(', ')) {
        const count = onTheDay.filter((run) => run === time).length;
        if (rest.includes('not exist')) expect(count, note).toBe(0);
        else expect(count, note).toBe(rest.includes('each') ? 2 : 1);
      }
      if (moved) expect(onTheDay, note).toContain(moved);
    }
  });
});
