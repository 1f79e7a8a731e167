import { expect, test } from 'vitest';
import { lastDay, readTimes } from '@/lib/siem/replay/read-times';

const zone = 'Europe/Berlin';
const fieldsOf = (from: string, to: string) => {
  const { range, problems } = readTimes({ from, to }, zone);
  return range ?? problems.map(({ field }) => field);
};

test('a range is read on the clock of its zone, summer time or not', () => {
  expect(fieldsOf('2026-03-28T12:00', '2026-03-29T12:00')).toEqual({
    from: new Date('2026-03-28T11:00:00Z'),
    to: new Date('2026-03-29T10:00:00Z'),
  });
});

test('an end that is no time is named, and so is one that does not come after the beginning', () => {
  expect(fieldsOf('', 'tomorrow')).toEqual(['from', 'to']);
  expect(fieldsOf('2026-02-31T00:00', '2026-03-29T12:00')).toEqual(['from']);
  expect(fieldsOf('0000-01-01T00:00', '2026-03-29T12:00')).toEqual(['from']);
  expect(fieldsOf('2026-03-29T12:00', '2026-03-29T12:00')).toEqual(['to']);
});

test('the last day ends after what happened in this very minute', () => {
  const now = new Date('2026-11-24T09:00:59.999Z');
  const { range } = readTimes(lastDay(now, zone), zone);
  expect(range).toEqual({ from: new Date('2026-11-23T09:00:00Z'), to: new Date('2026-11-24T09:01:00Z') });
});
