import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

export type Column<Row> = {
  header: ReactNode;
  /** The first column's cell holds the row's link, see {@link RowLink}. */
  cell: (row: Row) => ReactNode;
  /** For every cell of the column: its width, and its place in a card below 640 px. */
  className?: string;
};

type TableProps<Row> = {
  /** Read by screen readers before the rows: what they are, and in which order. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
};

/** A native table made on the server, whose rows become cards of two columns below 640 px in the same DOM order. */
export function Table<Row>({ caption, columns, rows, rowId }: TableProps<Row>) {
  return (
    <table className="block w-full border-collapse text-left sm:table sm:table-fixed">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only sm:not-sr-only sm:table-header-group">
        <tr>
          {columns.map(({ header, className }, at) => (
            <th
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are never reordered
              key={at}
              scope="col"
              className={classNames(
                'px-3 py-2.5 text-xs font-semibold text-muted first:pl-4.5 last:pr-4.5',
                className,
              )}
            >
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block sm:table-row-group">
        {rows.map((row) => (
          <tr
            key={rowId(row)}
            className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-t border-line px-4.5 py-3 hover:bg-sunken sm:table-row sm:p-0"
          >
            {columns.map(({ cell, className }, at) => (
              <td
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are never reordered
                key={at}
                className={classNames(
                  'min-w-0 align-middle sm:h-12 sm:px-3 sm:py-1 sm:first:pl-4.5 sm:last:pr-4.5',
                  className,
                )}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** For a card, where no heading stands above the value. */
export function CellLabel({ children }: { children: ReactNode }) {
  return <span className="text-muted sm:sr-only">{children} </span>;
}
