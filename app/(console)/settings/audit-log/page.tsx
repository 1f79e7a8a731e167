import { Download, ShieldCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { servedPage } from '@/app/(console)/served-page';
import { setLogViewAction } from '@/app/preferences/actions';
import { ActiveFilters } from '@/components/audit/active-filters';
import { AuditEvents } from '@/components/audit/audit-events';
import { EventsFailure } from '@/components/audit/events-failure';
import { EventsRegion } from '@/components/audit/events-region';
import { FilterForm } from '@/components/audit/filter-form';
import { FilterMenus } from '@/components/audit/filter-menus';
import { Histogram, HistogramPlaceholder } from '@/components/audit/histogram';
import { NewEvents } from '@/components/audit/live/new-events';
import { exportHref, logHref, watchHref } from '@/components/audit/log-href';
import { LogKeys } from '@/components/audit/log-keys';
import { noticesOf, SearchNotices } from '@/components/audit/search-notices';
import { viewHref } from '@/components/audit/views/view-address';
import { ViewsMenu } from '@/components/audit/views/views-menu';
import { LogEnd } from '@/components/integrity/log-end';
import { integrityPath } from '@/components/integrity/paths';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { SkipLink } from '@/components/ui/skip-link';
import { isOpenEnded } from '@/lib/audit/filter/audit-filter';
import { parseAuditSearch, type SearchParams } from '@/lib/audit/filter/search-params';
import { newerLimit } from '@/lib/audit/query/count-newer-events';
import { auditCounts } from '@/lib/audit-counts/audit-counts';
import { listViews } from '@/lib/audit-views/list-views';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { logView, timeZone } from '@/lib/auth/preferences';
import { answerDocumentWith } from '@/lib/http-status';
import { isCanonical } from './canonical';
import { loadEvents } from './load-events';

export const metadata: Metadata = { title: 'Audit Log' };

export default servedPage(async function AuditLogPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const actor = await requirePermission('audit_log.read');
  const { organization, user } = actor;
  const [params, zone, view, views] = await Promise.all([
    searchParams,
    timeZone(),
    logView(),
    listViews(actor),
  ]);
  const first = views.find(({ isDefault }) => isDefault);
  if (first && Object.keys(params).length === 0) redirect(viewHref(first));
  const search = parseAuditSearch(params, zone);
  // A form posts empty fields and wall-clock times; the address that is shown, kept and shared has neither.
  if (search.notices.length === 0 && !isCanonical(params, search)) {
    redirect(logHref(search));
  }

  const events = await loadEvents(organization.id, search, view);
  const failed = 'fault' in events;
  if (failed) answerDocumentWith(503);
  // Counted after the rows, and streamed after them.
  const counts = await auditCounts(organization.id, search.filter, zone, {
    within: search.cursor !== undefined || search.event !== undefined,
  });

  return (
    <>
      <SkipLink to="events">Skip to the events</SkipLink>
      <PageHeader
        title="Audit Log"
        description="Who did what, when and from where, sealed as it is written."
        actions={
          <>
            <ViewsMenu views={views} filter={search.filter} />
            {can(user.role, 'audit_log.verify') && (
              <Button href={integrityPath} icon={<ShieldCheck />}>
                Integrity
              </Button>
            )}
            {can(user.role, 'audit_log.export') && (
              <Button href={exportHref(search.filter)} icon={<Download />}>
                Export
              </Button>
            )}
          </>
        }
      />
      <div className="grid gap-4">
        <FilterForm filter={search.filter} size={search.size} zone={zone} />
        <FilterMenus filter={search.filter} size={search.size} zone={zone} counts={counts} />
        <ActiveFilters filter={search.filter} size={search.size} zone={zone} />
        <LogKeys slash={view.slash} />
        <SearchNotices notices={noticesOf(search, failed ? undefined : events)} />
        {failed ? (
          <EventsRegion arrived="">
            <EventsFailure fault={events.fault} search={search} />
          </EventsRegion>
        ) : (
          <>
            {events.page.rows.length > 0 && (
              <Suspense key={counts.key} fallback={<HistogramPlaceholder />}>
                <Histogram answer={counts.histogram} filter={search.filter} size={search.size} zone={zone} />
              </Suspense>
            )}
            <AuditEvents
              {...events}
              search={search}
              zone={zone}
              live={
                isOpenEnded(search) && (
                  <NewEvents
                    watchHref={watchHref(search.filter, events.page.rows[0]?.seq ?? '0')}
                    showHref={logHref({ filter: search.filter, size: search.size })}
                    limit={newerLimit}
                    opened={events.open !== undefined}
                  />
                )
              }
              view={view}
              setView={setLogViewAction}
            />
            {!events.page.older && !events.page.searchedTo && (
              <LogEnd retention={events.retention} zone={zone} />
            )}
          </>
        )}
      </div>
    </>
  );
});
