'use client';

import { createColumnHelper } from '@tanstack/react-table';
import Link from 'next/link';
import { useMemo } from 'react';
import { ActorAvatar } from '@/components/audit/actor-avatar';
import { type DeliveryMark, DeliveryMarks } from '@/components/audit/delivery-marks';
import { columnLabels, leastWidth } from '@/components/audit/log-columns';
import { OutcomeStatus } from '@/components/audit/outcome-status';
import { DataTable, type serverFeatures } from '@/components/data-table/data-table';
import { CellLabel } from '@/components/ui/table';
import type { LogColumn, LogView } from '@/lib/log-view';

/** One event as the table shows it: every text is made on the server, in the reader's time zone. */
export type AuditTableRow = {
  id: string;
  href: string;
  time: string;
  date: string;
  instant: string;
  action: string;
  label: string;
  outcome: string;
  actorType: string;
  actor: string;
  actorDetail: string;
  target: string;
  targetDetail: string;
  ip: string;
  /** Of the columns that are shown by choice alone. */
  chosen: Partial<Record<TextColumn, string>>;
  delivery: readonly DeliveryMark[];
};

/** Optional columns that are a code each. */
const textColumns = [
  'origin',
  'method',
  'agent',
  'request',
  'session',
] as const satisfies readonly LogColumn[];
export type TextColumn = (typeof textColumns)[number];

const helper = createColumnHelper<typeof serverFeatures, AuditTableRow>();

function columnsIn(zone: string) {
  return helper.columns([
    helper.accessor('time', {
      id: 'time',
      header: `Time (${zone})`,
      cell: ({ row: { original: row } }) => (
        // The link covers the row: a click anywhere opens the event, and the keyboard meets one stop for each row.
        <Link
          href={row.href}
          scroll={false}
          prefetch={false}
          className="whitespace-nowrap after:absolute after:inset-0 after:content-['']"
        >
          <time dateTime={row.instant} className="font-mono text-sm">
            {row.time}
          </time>
          <span className={`block text-xs text-muted ${secondInLine}`}>{row.date}</span>
        </Link>
      ),
    }),
    helper.accessor('actor', {
      id: 'actor',
      header: 'Actor',
      cell: ({ row: { original: row } }) => (
        <span className="flex items-center gap-2.5">
          <span className="contents sm:group-data-dense/rows:hidden">
            <ActorAvatar type={row.actorType} name={row.actor} />
          </span>
          <Pair first={row.actor} second={row.actorDetail} />
        </span>
      ),
    }),
    helper.accessor('label', {
      id: 'label',
      header: 'Action',
      cell: ({ row: { original: row } }) => <Pair first={row.label} second={row.action} code />,
    }),
    helper.accessor('target', {
      id: 'target',
      header: columnLabels.target,
      cell: ({ row: { original: row } }) => <Pair first={row.target} second={row.targetDetail} quiet />,
    }),
    helper.accessor('outcome', {
      id: 'result',
      header: columnLabels.result,
      cell: ({ row: { original: row } }) => <OutcomeStatus outcome={row.outcome} />,
    }),
    helper.accessor('ip', {
      id: 'ip',
      header: columnLabels.ip,
      cell: ({ row: { original: row } }) => <span className="font-mono text-xs text-muted">{row.ip}</span>,
    }),
    ...textColumns.map((column) =>
      helper.accessor((row) => row.chosen[column] ?? '', {
        id: column,
        header: columnLabels[column],
        cell: ({ getValue }) =>
          getValue() && (
            <>
              <CellLabel>{columnLabels[column]}</CellLabel>
              <span className="font-mono text-xs text-muted [overflow-wrap:anywhere] sm:block sm:truncate">
                {getValue()}
              </span>
            </>
          ),
      }),
    ),
    helper.accessor('delivery', {
      id: 'delivery',
      header: columnLabels.delivery,
      cell: ({ row: { original: row } }) =>
        row.delivery.length > 0 && (
          <>
            <CellLabel>{columnLabels.delivery}</CellLabel>
            <DeliveryMarks delivery={row.delivery} />
          </>
        ),
    }),
  ]);
}

type PairProps = { first: string; second: string; code?: boolean; quiet?: boolean };

function Pair({ first, second, code, quiet }: PairProps) {
  return (
    <span className="min-w-0 sm:group-data-dense/rows:block sm:group-data-dense/rows:truncate">
      <span className={`block sm:truncate ${quiet ? '' : 'font-medium'} sm:group-data-dense/rows:inline`}>
        {first}
      </span>
      <span className={`block text-xs text-muted sm:truncate ${code ? 'font-mono' : ''} ${secondInLine}`}>
        {second}
      </span>
    </span>
  );
}

/** Where rows have one line, the second stands behind the first. */
const secondInLine = 'sm:group-data-dense/rows:ml-2 sm:group-data-dense/rows:inline';

/**
 * Widths of the table, and the places of a card below 640 px: what happened and its result, who, to what, when and from
 * where. Beside an open event there is no room for the address; the event itself shows it.
 */
const chosenCell = 'max-sm:order-7 max-sm:col-span-2 max-sm:empty:hidden';
const timeClasses = 'max-sm:order-5 sm:w-32 sm:@4xl:w-36 sm:group-data-dense/rows:w-52';
/** With room for the offset behind the date. */
const offsetTimeClasses = 'max-sm:order-5 sm:w-40 sm:group-data-dense/rows:w-64';
const columnClasses = {
  time: timeClasses,
  actor: 'max-sm:order-3 max-sm:col-span-2 max-sm:mt-1.5 sm:w-[22%] sm:@4xl:w-[20%]',
  label: 'max-sm:order-1 sm:w-[26%] sm:@4xl:w-[25%]',
  target: 'max-sm:order-4 max-sm:col-span-2 max-sm:mt-1 max-sm:mb-1.5',
  result: 'max-sm:order-2 sm:w-21 sm:@4xl:w-25',
  ip: 'max-sm:order-6 sm:hidden sm:w-34 sm:@4xl:table-cell',
  origin: `${chosenCell} sm:w-28`,
  method: `${chosenCell} sm:w-34`,
  agent: `${chosenCell} sm:w-60`,
  request: `${chosenCell} sm:w-40`,
  session: `${chosenCell} sm:w-40`,
  delivery: `${chosenCell} sm:w-44`,
};

/** Where the table scrolls anyway, nothing is hidden and no column lives on what the others leave. */
const wideClasses = {
  ...columnClasses,
  actor: 'max-sm:order-3 max-sm:col-span-2 max-sm:mt-1.5 sm:w-52',
  label: 'max-sm:order-1 sm:w-64',
  ip: 'max-sm:order-6 sm:w-34',
};

type AuditTableProps = {
  rows: AuditTableRow[];
  zone: string;
  /** Whether each row says how far its clock is from UTC, behind the date. */
  withOffset: boolean;
  caption: string;
  currentId?: string | undefined;
  view: Pick<LogView, 'columns' | 'compact'>;
};

const always: readonly string[] = ['time', 'actor', 'label'];

/** The page of events that the server found, newest first. */
export function AuditTable({ rows, zone, withOffset, caption, currentId, view }: AuditTableProps) {
  // TanStack Table builds its models anew for every new list of columns.
  const least = leastWidth(view.columns);
  const shown = view.columns.join();
  const columns = useMemo(() => {
    const ids = [...always, ...shown.split(',')];
    return columnsIn(zone).filter(({ id = '' }) => ids.includes(id));
  }, [zone, shown]);
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      caption={caption}
      currentRowId={currentId}
      columnClasses={{
        ...(least ? wideClasses : columnClasses),
        ...(withOffset && { time: offsetTimeClasses }),
      }}
      leastWidth={least}
      dense={view.compact}
    />
  );
}
