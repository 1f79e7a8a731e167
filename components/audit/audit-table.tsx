'use client';

import { createColumnHelper } from '@tanstack/react-table';
import Link from 'next/link';
import { useMemo } from 'react';
import { ActorAvatar } from '@/components/audit/actor-avatar';
import { OutcomeStatus } from '@/components/audit/outcome-status';
import { DataTable, type serverFeatures } from '@/components/data-table/data-table';

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
};

const helper = createColumnHelper<typeof serverFeatures, AuditTableRow>();

function columnsIn(zone: string) {
  return helper.columns([
    helper.accessor('time', {
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
          <span className="block text-xs text-muted">{row.date}</span>
        </Link>
      ),
    }),
    helper.accessor('actor', {
      header: 'Actor',
      cell: ({ row: { original: row } }) => (
        <span className="flex items-center gap-2.5">
          <ActorAvatar type={row.actorType} name={row.actor} />
          <Pair first={row.actor} second={row.actorDetail} />
        </span>
      ),
    }),
    helper.accessor('label', {
      header: 'Action',
      cell: ({ row: { original: row } }) => <Pair first={row.label} second={row.action} code />,
    }),
    helper.accessor('target', {
      header: 'Target',
      cell: ({ row: { original: row } }) => <Pair first={row.target} second={row.targetDetail} quiet />,
    }),
    helper.accessor('outcome', {
      header: 'Result',
      cell: ({ row: { original: row } }) => <OutcomeStatus outcome={row.outcome} />,
    }),
    helper.accessor('ip', {
      header: 'Address',
      cell: ({ row: { original: row } }) => <span className="font-mono text-xs text-muted">{row.ip}</span>,
    }),
  ]);
}

type PairProps = { first: string; second: string; code?: boolean; quiet?: boolean };

function Pair({ first, second, code, quiet }: PairProps) {
  return (
    <span className="min-w-0">
      <span className={quiet ? 'block sm:truncate' : 'block font-medium sm:truncate'}>{first}</span>
      <span className={`block text-xs text-muted sm:truncate ${code ? 'font-mono' : ''}`}>{second}</span>
    </span>
  );
}

/**
 * Widths of the table, and the places of a card below 640 px: what happened and its result, who, to what, when and from
 * where. Beside an open event there is no room for the address; the event itself shows it.
 */
const columnClasses = {
  time: 'max-sm:order-5 sm:w-36',
  actor: 'max-sm:order-3 max-sm:col-span-2 max-sm:mt-1.5 sm:w-[24%] sm:@4xl:w-[20%]',
  label: 'max-sm:order-1 sm:w-[31%] sm:@4xl:w-[25%]',
  target: 'max-sm:order-4 max-sm:col-span-2 max-sm:mt-1 max-sm:mb-1.5',
  outcome: 'max-sm:order-2 sm:w-25',
  ip: 'max-sm:order-6 sm:hidden sm:w-34 sm:@4xl:table-cell',
};

type AuditTableProps = {
  rows: AuditTableRow[];
  zone: string;
  caption: string;
  currentId?: string | undefined;
};

/** The page of events that the server found, newest first. */
export function AuditTable({ rows, zone, caption, currentId }: AuditTableProps) {
  // TanStack Table builds its models anew for every new list of columns.
  const columns = useMemo(() => columnsIn(zone), [zone]);
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      caption={caption}
      currentRowId={currentId}
      columnClasses={columnClasses}
    />
  );
}
