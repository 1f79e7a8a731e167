import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalTimeZone,
  formatDate,
  formatDateTime,
  formatOffset,
  formatSharedZone,
  formatTime,
  formatZone,
} from '@/lib/format-time';

const winter = new Date('2026-11-23T13:02:11.402Z');
const summer = new Date('2026-07-01T22:30:00.000Z');

describe('an instant is shown in the reader’s zone', () => {
  it('to the precision asked for', () => {
    expect(formatTime(winter, 'Europe/Berlin', 'minute')).toBe('14:02');
    expect(formatTime(winter, 'Europe/Berlin')).toBe('14:02:11');
    expect(formatTime(winter, 'Europe/Berlin', 'millisecond')).toBe('14:02:11.402');
    expect(formatDateTime(winter, 'UTC', 'millisecond')).toBe('23 Nov 2026 13:02:11.402');
  });

  it('with the date that it has there', () => {
    expect(formatDate(summer, 'UTC')).toBe('1 Jul 2026');
    expect(formatDate(summer, 'Asia/Tokyo')).toBe('2 Jul 2026');
    expect(formatDate(new Date('2026-09-05T12:00:00Z'), 'UTC')).toBe('5 Sep 2026');
  });

  it('from 00:00 to 23:59, never 24:00', () => {
    expect(formatTime(new Date('2026-01-01T00:00:00Z'), 'UTC')).toBe('00:00:00');
  });

  it('and in UTC agrees with ISO 8601 at every millisecond', () => {
    const instants = fc.date({
      min: new Date('1970-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(formatTime(instant, 'UTC', 'millisecond')).toBe(instant.toISOString().slice(11, 23));
        expect(formatOffset(instant, 'UTC')).toBe('+00:00');
      }),
    );
  });
});

describe('a zone says how far it is from UTC', () => {
  it.each([
    ['UTC', winter, 'UTC', '+00:00'],
    ['Europe/London', winter, 'UTC', '+00:00'],
    ['Europe/Berlin', winter, 'UTC+1', '+01:00'],
    ['Europe/Berlin', summer, 'UTC+2', '+02:00'],
    ['America/St_Johns', winter, 'UTC-3:30', '-03:30'],
    ['Asia/Kathmandu', winter, 'UTC+5:45', '+05:45'],
    ['Pacific/Kiritimati', winter, 'UTC+14', '+14:00'],
  ])('%s at %o is %s', (zone, instant, label, offset) => {
    expect(formatZone(instant, zone)).toBe(label);
    expect(formatOffset(instant, zone)).toBe(offset);
  });

  it('also before 1970, where the milliseconds count down', () => {
    expect(formatZone(new Date(-1), 'Europe/Berlin')).toBe('UTC+1');
  });
});

describe('a column of times is headed', () => {
  const night = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((time) => new Date(time));

  it('with the offset that all of them share', () => {
    expect(formatSharedZone(night.slice(1), 'Europe/Berlin')).toBe('UTC+1');
    expect(formatSharedZone(night, 'UTC')).toBe('UTC');
    expect(formatSharedZone([], 'Asia/Kathmandu')).toBe('UTC+5:45');
  });

  it('with the name of the zone where its clock was changed between them, as one offset would be wrong for some', () => {
    expect(formatSharedZone(night, 'Europe/Berlin')).toBe('Europe/Berlin');
    expect(formatSharedZone([...night, new Date('2026-12-01T00:00:00Z')], 'America/St_Johns')).toBe(
      'America/St Johns',
    );
  });
});

describe('a zone name is known or refused', () => {
  it('in its canonical spelling', () => {
    expect(canonicalTimeZone('europe/berlin')).toBe('Europe/Berlin');
    expect(canonicalTimeZone('UTC')).toBe('UTC');
  });

  it('and a city keeps the name that was chosen', () => {
    expect(canonicalTimeZone('Asia/Kolkata')).toBe('Asia/Kolkata');
    expect(canonicalTimeZone('Europe/Kyiv')).toBe('Europe/Kyiv');
  });

  it.each(['', 'Mars/Olympus', '+01:00', '../etc/passwd', 'Europe/Berlin; Path=/', 'A'.repeat(65)])(
    '%j is refused',
    (name) => {
      expect(canonicalTimeZone(name)).toBeUndefined();
    },
  );
});
