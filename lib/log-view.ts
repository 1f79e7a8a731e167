/**
 * How this browser shows the rows of the audit log. A cookie, as the server renders them: no row is painted twice, and the
 * choice holds without JavaScript.
 */
export const logViewCookie = 'log_view';

/** The columns that can be chosen, in the order in which they stand; Time, Actor and Action always do. */
export const logColumns = [
  'target',
  'result',
  'ip',
  'origin',
  'method',
  'agent',
  'request',
  'session',
  'delivery',
] as const;
export type LogColumn = (typeof logColumns)[number];

export type LogView = {
  columns: readonly LogColumn[];
  /** Rows of one line rather than two. */
  compact: boolean;
  /** The key `/` leads to the query field (WCAG 2.1.4: a single key can be switched off). */
  slash: boolean;
};

export const defaultLogView: LogView = { columns: ['target', 'result', 'ip'], compact: false, slash: true };

/** Reads the cookie; unknown words are passed over, and no cookie is the default. */
export function parseLogView(value: unknown): LogView {
  if (typeof value !== 'string' || value === '') return defaultLogView;
  const words = value.split('.');
  return {
    columns: logColumns.filter((column) => words.includes(column)),
    compact: words.includes('compact'),
    slash: words.includes('slash'),
  };
}

/** The cookie of a view. Never empty: nothing chosen is a choice too. */
export function formatLogView({ columns, compact, slash }: LogView): string {
  return ['view', ...columns, ...(compact ? ['compact'] : []), ...(slash ? ['slash'] : [])].join('.');
}
