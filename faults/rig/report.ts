import { appendFileSync } from 'node:fs';

/** What a scenario came to: a line of the table in docs/reliability.md. */
export type Line = {
  readonly fault: string;
  /** How often the fault struck. */
  readonly runs: number;
  /** Actions that the server confirmed over HTTP. */
  readonly confirmed: number;
  /** Events that the organizations' logs have for Splunk. */
  readonly events: number;
  readonly lost: number;
  readonly parked: number;
  readonly duplicated: number;
  /** The most duplicates that the fault allows. */
  readonly allowed: number;
  readonly seconds: number;
};

export function report(file: string, line: Line): void {
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

const columns = [
  'fault',
  'runs',
  'confirmed',
  'events',
  'lost',
  'parked',
  'duplicated',
  'allowed',
  'seconds',
] as const;

/** The lines as a Markdown table, in alphabetical order, with their sums. */
export function table(lines: readonly Line[]): string {
  const sum = (key: Exclude<(typeof columns)[number], 'fault'>) =>
    lines.reduce((total, line) => total + line[key], 0);
  const rows = [...lines]
    .sort((a, b) => a.fault.localeCompare(b.fault, 'en'))
    .map((line) => columns.map((key) => String(line[key])));
  const total = columns.map((key) => (key === 'fault' ? 'all' : key === 'seconds' ? '' : String(sum(key))));
  const widths = columns.map((key, at) =>
    Math.max(...[[...columns], ...rows, total].map((row) => (row[at] ?? key).length)),
  );
  const show = (row: readonly string[]) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [
    show([...columns]),
    show(widths.map((width) => '-'.repeat(width))),
    ...rows.map(show),
    show(total),
  ].join('\n');
}
