export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

type Contents = {
  slug: string;
  format: ExportFormat;
  /** When the first and the last event happened; absent in a file without events. */
  ends: readonly [Date, Date] | undefined;
  /** The limit that cut the file. */
  truncatedTo: number | undefined;
};

/**
 * `audit-log_acme_20261101T080321Z_20261124T125100Z.csv`: whose, from when to when, in UTC, and `_truncated-to-1000000`
 * where the limit left older events out. Letters, digits, `-`, `_` and `.` only.
 */
export function exportFileName({ slug, format, ends, truncatedTo }: Contents): string {
  const times = ends?.map(compact) ?? ['no-events'];
  const cut = truncatedTo === undefined ? [] : [`truncated-to-${truncatedTo}`];
  return `${['audit-log', slug.replace(/[^a-z0-9-]/gi, '-'), ...times, ...cut].join('_')}.${format}`;
}

function compact(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, '');
}
