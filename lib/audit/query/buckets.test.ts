import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantToZoned } from '@/lib/zoned-time';
import { bucketBorders } from './buckets';

const written = (borders: Date[], zone: string) => borders.map((border) => instantToZoned(border, zone));

describe('the buckets of a histogram', () => {
  test('cover any range, in order, with about 60 of them', () => {
    const anyRange = fc.record({
      from: fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      lengthMs: fc.oneof(
        fc.integer({ min: 1, max: 90_000_000 }),
        fc.integer({ min: 1, max: 40 }).map((y) => y * 3.2e10),
      ),
      zone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/St_Johns',
        'Asia/Kathmandu',
        'Australia/Lord_Howe',
      ),
    });
    fc.assert(
      fc.property(anyRange, ({ from, lengthMs, zone }) => {
        const to = new Date(from.getTime() + lengthMs);
        const borders = bucketBorders(from, to, zone);
        expect(borders.length).toBeGreaterThan(1);
        expect(borders.length).toBeLessThanOrEqual(64);
        expect(borders[0]?.getTime()).toBeLessThanOrEqual(from.getTime());
        expect(borders.at(-1)?.getTime()).toBeGreaterThanOrEqual(to.getTime());
        borders.slice(1).forEach((border, index) => {
          expect(border.getTime()).toBeGreaterThan(borders[index]?.getTime() ?? 0);
        });
      }),
    );
  });

  test('an hour is one in the reader’s zone, where that differs by half an hour too', () => {
    const borders = bucketBorders(
      new Date('2026-11-23T10:10:00Z'),
      new Date('2026-11-25T10:10:00Z'),
      'Asia/Kolkata',
    );
    expect(written(borders, 'Asia/Kolkata').slice(0, 3)).toEqual([
      '2026-11-23T15:00',
      '2026-11-23T16:00',
      '2026-11-23T17:00',
    ]);
  });

  test('a day is one in the reader’s zone, also when it has 25 hours', () => {
    const borders = bucketBorders(
      new Date('2026-10-05T12:00:00Z'),
      new Date('2026-11-20T12:00:00Z'),
      'Europe/Berlin',
    );
    const days = written(borders, 'Europe/Berlin');
    expect(days.every((day) => day.endsWith('T00:00'))).toBe(true);
    const at = days.indexOf('2026-10-25T00:00');
    expect(days[at + 1]).toBe('2026-10-26T00:00');
    expect(Number(borders[at + 1]) - Number(borders[at])).toBe(25 * 3_600_000);
  });

  test('weeks begin on Monday and months on the first', () => {
    const year = (days: number) =>
      bucketBorders(new Date('2026-01-15T00:00:00Z'), new Date(Date.UTC(2026, 0, 15 + days)), 'UTC');
    expect(year(300).every((border) => border.getUTCDay() === 1)).toBe(true);
    expect(year(900).every((border) => border.getUTCDate() === 1)).toBe(true);
  });
});
