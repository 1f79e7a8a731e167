import type { LogColumn } from '@/lib/log-view';

export const columnLabels: Record<LogColumn, string> = {
  target: 'Target',
  result: 'Result',
  ip: 'Address',
  origin: 'Origin',
  method: 'Sign-in method',
  agent: 'Program',
  request: 'Request',
  session: 'Session',
  delivery: 'Delivery',
};

/** What each column needs to be read, in rem. */
const widths: Record<LogColumn, number> = {
  target: 11,
  result: 6.25,
  ip: 8.5,
  origin: 7,
  method: 9,
  agent: 15,
  request: 10,
  session: 10,
  delivery: 11,
};
/** Time, Actor and Action. */
const alwaysWidth = 42;
/** With their shares of the width instead, so many fit beside the navigation on a window of 1280 px. */
const roomy = 68;

/** In steps of 8 rem, from 72. */
const leastWidths = [
  'sm:min-w-288',
  'sm:min-w-320',
  'sm:min-w-352',
  'sm:min-w-384',
  'sm:min-w-416',
  'sm:min-w-448',
  'sm:min-w-480',
  'sm:min-w-512',
  'sm:min-w-544',
];

/** The least width of a table with these columns, as a class; none where they fit most windows. */
export function leastWidth(columns: readonly LogColumn[]): string {
  const needed = columns.reduce((sum, column) => sum + widths[column], alwaysWidth);
  if (needed <= roomy) return '';
  return leastWidths[Math.ceil((needed - 72) / 8)] ?? '';
}
