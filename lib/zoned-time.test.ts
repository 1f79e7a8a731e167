import { describe, expect, test } from 'vitest';
import { instantToZoned, zonedToInstant } from './zoned-time';

describe('a wall-clock time in a zone is one instant', () => {
  test.each([
    ['2026-11-23T14:00', 'UTC', '2026-11-23T14:00:00.000Z'],
    ['2026-11-23T14:00', 'Europe/Berlin', '2026-11-23T13:00:00.000Z'],
    ['2026-07-01T00:00', 'America/St_Johns', '2026-07-01T02:30:00.000Z'],
    ['2026-11-23T09:00', 'Pacific/Auckland', '2026-11-22T20:00:00.000Z'],
    // Repeated by the end of summer time: the first of the two.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    // Skipped by its start: moved forward by the hour.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T04:30', 'Europe/Berlin', '2026-03-29T02:30:00.000Z'],
  ])('%s in %s', (local, zone, instant) => {
    expect(zonedToInstant(local, zone)?.toISOString()).toBe(instant);
  });

  test.each(['', 'yesterday', '2026-13-01T00:00', '2026-02-30T00:00', '2026-11-23', '2026-11-23T25:00'])(
    '%j is not a time',
    (local) => expect(zonedToInstant(local, 'UTC')).toBeUndefined(),
  );

  test('and back', () => {
    expect(instantToZoned(new Date('2026-11-23T13:00:00Z'), 'Europe/Berlin')).toBe('2026-11-23T14:00');
  });
});
