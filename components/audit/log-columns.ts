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

/** What each column needs to be read, in rem; Time, Actor and Action together are 36. */
const widths: Record<LogColumn, number> = {
  target: 11,
  result: 6,
  ip: 9,
  origin: 7,
  method: 9,
  agent: 15,
  request: 10,
  session: 10,
  delivery: 11,
};
const fixedWidth = 36;
/** What fits beside the navigation on a window of 1280 px. */
const roomy = 62;

const leastWidths = ['', 'sm:min-w-264', 'sm:min-w-304', 'sm:min-w-344', 'sm:min-w-384', 'sm:min-w-424'];

/** The least width of a table with these columns, as a class; none where they fit most windows. */
export function leastWidth(columns: readonly LogColumn[]): string {
  const needed = columns.reduce((sum, column) => sum + widths[column], fixedWidth);
  const step = Math.max(0, Math.ceil((needed - roomy) / 10));
  return leastWidths[Math.min(step, leastWidths.length - 1)] ?? '';
}
