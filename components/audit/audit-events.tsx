import { FilterX, ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { AuditTable } from '@/components/audit/audit-table';
import { EventPanel, type OpenEvent } from '@/components/audit/event-panel';
import { EventsRegion } from '@/components/audit/events-region';
import { allEventsHref, logHref } from '@/components/audit/log-href';
import { PageChange } from '@/components/audit/page-change';
import { resultLine } from '@/components/audit/result-line';
import { auditTableRow, type RowDetails } from '@/components/audit/table-row';
import { ViewMenu } from '@/components/audit/view-menu';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { FormAction } from '@/components/ui/form-action';
import { Pagination } from '@/components/ui/pagination';
import { type AuditSearch, isUnfiltered } from '@/lib/audit/filter/audit-filter';
import { isShorter } from '@/lib/audit/filter/time-range';
import { countLimit } from '@/lib/audit/query/count-events';
import type { AuditPage } from '@/lib/audit/query/list-events';
import { formatDateTime, formatSharedZone, haveSharedOffset } from '@/lib/format-time';
import type { LogView } from '@/lib/log-view';

type AuditEventsProps = {
  search: AuditSearch;
  page: AuditPage;
  /** Undefined when counting took too long. */
  total: number | undefined;
  open: OpenEvent | undefined;
  zone: string;
  view: LogView;
  details: Map<string, RowDetails>;
  setView: FormAction;
  /** Tells of new events, where there may be any. */
  live: ReactNode;
};

/** The table, and beside it the event that is open; under it where the page is narrow. */
export function AuditEvents({
  search,
  page,
  total,
  open,
  zone,
  view,
  details,
  setView,
  live,
}: AuditEventsProps) {
  const link = (change: Partial<AuditSearch>) => {
    const { cursor, event, ...rest } = search;
    return logHref({ ...rest, ...change });
  };
  const here = search.cursor && !page.cursorRefused ? { cursor: search.cursor } : {};
  const line = resultLine(page.rows.length, total, countLimit);
  const instants = page.rows.map(({ time }) => new Date(time));
  const heading = formatSharedZone(instants, zone);
  const withOffset = !haveSharedOffset(instants, zone);

  return (
    <div className={open ? 'grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]' : 'grid gap-4'}>
      <EventsRegion arrived={page.rows.length > 0 ? line : 'No events'}>
        {(page.rows.length > 0 || live) && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-1.5 pr-3 pl-4.5">
            {page.rows.length > 0 && <p className="py-1.5 text-sm text-muted">{line}</p>}
            <PageChange page={link(here)} />
            <div className="ml-auto flex flex-wrap items-center justify-end gap-2.5">
              {live}
              {page.rows.length > 0 && <ViewMenu view={view} action={setView} />}
            </div>
          </div>
        )}
        {page.rows.length > 0 && (
          <AuditTable
            rows={page.rows.map((row) =>
              auditTableRow(row, `${link({ ...here, event: row.id })}#event`, {
                zone,
                withOffset,
                columns: view.columns,
                details: details.get(row.seq),
              }),
            )}
            zone={heading}
            withOffset={withOffset}
            caption={`Audit events. ${line}.`}
            currentId={search.event}
            view={{ columns: view.columns, compact: view.compact }}
          />
        )}
        {page.rows.length === 0 && !page.searchedTo && <NoEvents filter={search.filter} size={search.size} />}
        {page.searchedTo && (
          <p className="px-4.5 py-3 text-sm">
            Searched as far as {formatDateTime(new Date(page.searchedTo), zone, 'minute')}, and stopped there:
            these filters take long. Go on with the links below, or narrow the time range.
          </p>
        )}
        {(page.newer || page.older) && (
          <Pagination
            label="Audit log pages"
            newestHref={search.cursor && link({})}
            newerHref={page.newer && link({ cursor: page.newer })}
            olderHref={page.older && link({ cursor: page.older })}
          >
            {search.size} per page
          </Pagination>
        )}
      </EventsRegion>
      {open && <EventPanel open={open} search={search} here={here} zone={zone} />}
    </div>
  );
}

function NoEvents({ filter, size }: Pick<AuditSearch, 'filter' | 'size'>) {
  if (isUnfiltered(filter))
    return (
      <EmptyState icon={<ScrollText />} title="No events yet">
        Sign-ins, setting changes and scan activity appear here within seconds.
      </EmptyState>
    );
  const wider = { ...filter, created: { not: false, range: { last: '90d' as const } } };
  return (
    <EmptyState
      icon={<FilterX />}
      title="No events match these filters"
      action={
        <div className="flex flex-wrap justify-center gap-2.5">
          {isShorter(filter, '90d') && (
            <Button href={logHref({ filter: wider, size })}>Search last 90 days instead</Button>
          )}
          <Button href={allEventsHref}>Clear all filters</Button>
        </div>
      }
    >
      Widen the time range, or remove a filter.
    </EmptyState>
  );
}
