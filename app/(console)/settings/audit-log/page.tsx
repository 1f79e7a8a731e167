import { Download, ShieldCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { servedPage } from '@/app/(console)/served-page';
import { setLogViewAction } from '@/app/preferences/actions';
import { ActiveFilters } from '@/components/audit/active-filters';
import { AuditEvents } from '@/components/audit/audit-events';
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
import { countAuditEvents } from '@/lib/audit/query/count-events';
import { newerLimit } from '@/lib/audit/query/count-newer-events';
import { listAuditEvents } from '@/lib/audit/query/list-events';
import { unlessTooSlow } from '@/lib/audit/query/unless-too-slow';
import { auditCounts } from '@/lib/audit-counts/audit-counts';
import { listViews } from '@/lib/audit-views/list-views';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { logView, timeZone } from '@/lib/auth/preferences';
import { readLogBeginning } from '@/lib/integrity/retention/read-retention';
import { isCanonical } from './canonical';
import { openEvent } from './open-event';
import { rowDetails } from './row-details';

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

  const [page, total, retention] = await Promise.all([
    listAuditEvents(organization.id, search.filter, search),
    unlessTooSlow(countAuditEvents(organization.id, search.filter)),
    readLogBeginning(organization.id),
  ]);
  const [open, details] = await Promise.all([
    openEvent(organization.id, search, page),
    rowDetails(organization.id, page.rows, view.columns),
  ]);
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
        <SearchNotices notices={noticesOf(search, page, open)} />
        {page.rows.length > 0 && (
          <Suspense key={counts.key} fallback={<HistogramPlaceholder />}>
            <Histogram answer={counts.histogram} filter={search.filter} size={search.size} zone={zone} />
          </Suspense>
        )}
        <AuditEvents
          search={search}
          page={page}
          total={total}
          open={open}
          zone={zone}
          live={
            isOpenEnded(search) && (
              <NewEvents
                watchHref={watchHref(search.filter, page.rows[0]?.seq ?? '0')}
                showHref={logHref({ filter: search.filter, size: search.size })}
                limit={newerLimit}
                opened={open !== undefined}
              />
            )
          }
          view={view}
          details={details}
          setView={setLogViewAction}
        />
        {!page.older && !page.searchedTo && <LogEnd retention={retention} zone={zone} />}
      </div>
    </>
  );
});
