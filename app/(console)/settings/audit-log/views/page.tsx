import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ViewList } from '@/components/audit/views/view-list';
import { ViewsNotice } from '@/components/audit/views/views-notice';
import { PageHeader } from '@/components/ui/page-header';
import type { SearchParams } from '@/lib/audit/filter/search-params';
import { listViews } from '@/lib/audit-views/list-views';
import { viewFilter } from '@/lib/audit-views/view-input';
import { requirePermission } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';
import { chooseDefaultViewAction } from './actions';

export const metadata: Metadata = { title: 'Saved views' };

export default servedPage(async function ViewsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const actor = await requirePermission('audit_log.read');
  const [{ done, view: about }, views, zone] = await Promise.all([
    searchParams,
    listViews(actor),
    timeZone(),
  ]);
  return (
    <>
      <PageHeader
        title="Saved views"
        description="Filters of the audit log that have a name: yours, and those that others share."
      />
      <div className="grid max-w-220 gap-4">
        <ViewsNotice done={done} view={views.find(({ id }) => id === about)} />
        <ViewList
          views={views.map((view) => ({ ...view, filter: viewFilter(view.query) }))}
          zone={zone}
          chooseDefault={chooseDefaultViewAction}
        />
      </div>
    </>
  );
});
