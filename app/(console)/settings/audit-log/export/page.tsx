import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ExportFormats } from '@/components/audit/export-formats';
import { ExportRefusal } from '@/components/audit/export-refusal';
import { ExportScope } from '@/components/audit/export-scope';
import { SearchNotices } from '@/components/audit/search-notices';
import { PageHeader } from '@/components/ui/page-header';
import { parseAuditSearch, type SearchParams } from '@/lib/audit/filter/search-params';
import { countAuditEvents } from '@/lib/audit/query/count-events';
import { unlessTooSlow } from '@/lib/audit/query/unless-too-slow';
import { exportLimit } from '@/lib/audit-export/start-export';
import { requirePermission } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';

export const metadata: Metadata = { title: 'Export events' };

export default servedPage(async function ExportPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const { organization } = await requirePermission('audit_log.export');
  const [{ refused, ...params }, zone] = await Promise.all([searchParams, timeZone()]);
  const { filter, notices } = parseAuditSearch(params, zone);
  const total = await unlessTooSlow(countAuditEvents(organization.id, filter, { limit: exportLimit }));

  return (
    <>
      <PageHeader
        title="Export events"
        description="Exactly the events that match, the oldest first, as one file. The export is recorded in the log."
      />
      <div className="grid max-w-180 gap-4">
        <ExportRefusal reason={refused} />
        <SearchNotices notices={notices} />
        <ExportScope filter={filter} total={total} limit={exportLimit} zone={zone} />
        {total !== 0 && <ExportFormats filter={filter} />}
      </div>
    </>
  );
});
