import { Download } from 'lucide-react';
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
import { exportHref, logHref, watchHref } from '@/components/audit/log-href';
import { LogKeys } from '@/components/audit/log-keys';
import { NewEvents } from '@/components/audit/new-events';
import { noticesOf, SearchNotices } from '@/components/audit/search-notices';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { isOpenEnded } from '@/lib/audit/filter/audit-filter';
import { parseAuditSearch, type SearchParams } from '@/lib/audit/filter/search-params';
import { getAuditEvent } from '@/lib/audit/get-event';
import { countAuditEvents } from '@/lib/audit/query/count-events';
import { newerLimit } from '@/lib/audit/query/count-newer-events';
import { listAuditEvents } from '@/lib/audit/query/list-events';
import { unlessTooSlow } from '@/lib/audit/query/unless-too-slow';
import { auditCounts } from '@/lib/audit-counts/audit-counts';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { logView, timeZone } from '@/lib/auth/preferences';
import { deliveryOf } from '@/lib/siem/event-delivery';
import { isCanonical } from './canonical';
import { rowDetails } from './row-details';

export const metadata: Metadata = { title: 'Audit Log' };

export default servedPage(async function AuditLogPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const { organization, user } = await requirePermission('audit_log.read');
  const [params, zone, view] = await Promise.all([searchParams, timeZone(), logView()]);
  const search = parseAuditSearch(params, zone);
  // A form posts empty fields and wall-clock times; the address that is shown, kept and shared has neither.
  if (search.notices.length === 0 && !isCanonical(params, search)) {
    redirect(logHref(search));
  }

  const [page, total, event] = await Promise.all([
    listAuditEvents(organization.id, search.filter, search),
    unlessTooSlow(countAuditEvents(organization.id, search.filter)),
    search.event ? getAuditEvent(organization.id, search.event) : undefined,
  ]);
  const delivery = event ? await deliveryOf(organization.id, event.seq) : [];
  const details = await rowDetails(organization.id, page.rows, view.columns);
  // Counted after the rows, and streamed after them.
  const counts = await auditCounts(organization.id, search.filter, zone, {
    within: search.cursor !== undefined || search.event !== undefined,
  });
  const watched = watchHref(search.filter, page.rows[0]?.seq ?? '0');

  return (
    <>
      <PageHeader
        title="Audit Log"
        description="Who did what, when and from where, sealed as it is written."
        actions={
          can(user.role, 'audit_log.export') && (
            <Button href={exportHref(search.filter)} icon={<Download />}>
              Export
            </Button>
          )
        }
      />
      <div className="grid gap-4">
        <FilterForm filter={search.filter} size={search.size} zone={zone} />
        <FilterMenus filter={search.filter} size={search.size} zone={zone} counts={counts} />
        <ActiveFilters filter={search.filter} size={search.size} zone={zone} />
        <LogKeys slash={view.slash} />
        <SearchNotices notices={noticesOf(search, page, event)} />
        {isOpenEnded(search) && (
          <NewEvents
            key={watched}
            watchHref={watched}
            showHref={logHref({ filter: search.filter, size: search.size })}
            limit={newerLimit}
          />
        )}
        {page.rows.length > 0 && (
          <Suspense key={counts.key} fallback={<HistogramPlaceholder />}>
            <Histogram answer={counts.histogram} filter={search.filter} size={search.size} zone={zone} />
          </Suspense>
        )}
        <AuditEvents
          search={search}
          page={page}
          total={total}
          event={event}
          delivery={delivery}
          zone={zone}
          view={view}
          details={details}
          setView={setLogViewAction}
        />
      </div>
    </>
  );
});
