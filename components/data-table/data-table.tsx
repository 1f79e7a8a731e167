'use client';

import { type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table';
import { classNames } from '@/components/ui/class-names';

// The server filters, orders and pages ("manual mode"): no row model but the core one is bundled.
export const serverFeatures = tableFeatures({});

type DataTableProps<Row extends RowData> = {
  columns: ColumnDef<typeof serverFeatures, Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** Read by screen readers before the rows: what they are, in which order, and how many of how many. */
  caption: string;
  currentRowId?: string | undefined;
  /** Classes for every cell of a column by its id, for example to hide it where the table is narrow. */
  columnClasses?: Record<string, string>;
  /** A class, where the columns need more room than most windows have: the table then scrolls in a region of its own. */
  leastWidth?: string;
  /** Rows as low as one line needs. Cells follow by the variant `group-data-dense/rows:`. */
  dense?: boolean;
};

/**
 * A native table whose rows become cards below 640 px in the same DOM order. The first cell of a row holds its link, so
 * opening a row works without JavaScript, by keyboard and with the middle button.
 */
export function DataTable<Row extends RowData>({
  columns,
  rows,
  rowId,
  caption,
  currentRowId,
  columnClasses = {},
  leastWidth = '',
  dense = false,
}: DataTableProps<Row>) {
  const table = useTable({ features: serverFeatures, columns, data: rows, getRowId: rowId });
  return (
    <div
      className="@container"
      {...(leastWidth && {
        className: '@container overflow-x-auto',
        role: 'region',
        tabIndex: 0,
        'aria-label': caption,
      })}
    >
      <table
        data-dense={dense || undefined}
        className={classNames(
          'group/rows block w-full border-collapse text-left sm:table sm:table-fixed',
          leastWidth,
        )}
      >
        <caption className="sr-only">{caption}</caption>
        <thead className="sr-only sm:not-sr-only sm:table-header-group">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  className={classNames(
                    'px-3 py-2.5 text-xs font-semibold text-muted first:pl-4.5 last:pr-4.5',
                    columnClasses[header.column.id],
                  )}
                >
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody className="block sm:table-row-group">
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              aria-current={row.id === currentRowId || undefined}
              className={classNames(
                'relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-t border-line px-4.5 py-3 sm:table-row sm:p-0',
                row.id === currentRowId
                  ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]'
                  : 'hover:bg-sunken',
              )}
            >
              {row.getAllCells().map((cell) => (
                <td
                  key={cell.id}
                  className={classNames(
                    'min-w-0 align-middle sm:px-3 sm:py-1 sm:first:pl-4.5 sm:last:pr-4.5',
                    dense ? 'sm:h-8' : 'sm:h-12',
                    columnClasses[cell.column.id],
                  )}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
