import type { Created, FilterKey, FilterValue, Preset } from '@/lib/audit/filter/audit-filter';
import { formatDateTime } from '@/lib/format-time';

export const rangeLabels: Record<Preset, string> = {
  '15m': 'Last 15 minutes',
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
};

const keyLabels: Record<Exclude<FilterKey, 'text'>, string> = {
  action: 'Action',
  actor: 'Actor',
  target: 'Target',
  result: 'Result',
  ip: 'Address',
  origin: 'Origin',
  request: 'Request',
  session: 'Session',
};

/** "Actor: ben", "Actor is not ci bot". */
export function valueWords({ key, not, value }: FilterValue): string {
  if (key === 'text') return not ? `Not “${value}”` : `“${value}”`;
  const shown = key === 'result' ? (value === 'failure' ? 'Failed' : 'OK') : value;
  return not ? `${keyLabels[key]} is not ${shown}` : `${keyLabels[key]}: ${shown}`;
}

/** "Last 24 hours", "From 1 Nov 2026 00:00", "Not from … before …", with times in the reader's zone. */
export function createdWords({ not, range }: Created, zone: string): string {
  const words =
    'last' in range
      ? rangeLabels[range.last]
      : [
          range.from && `From ${formatDateTime(range.from, zone, 'minute')}`,
          range.to && `Before ${formatDateTime(range.to, zone, 'minute')}`,
        ]
          .filter(Boolean)
          .join(', ');
  return not ? `Not: ${words}` : words;
}
