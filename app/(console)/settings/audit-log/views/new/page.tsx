import { Bookmark } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { allEventsHref, logHref } from '@/components/audit/log-href';
import { SearchNotices } from '@/components/audit/search-notices';
import { FilterWords } from '@/components/audit/views/filter-words';
import { ViewForm } from '@/components/audit/views/view-form';
import { Button } from '@/components/ui/button';
import { Card, CardBody } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { isUnfiltered } from '@/lib/audit/filter/audit-filter';
import { formatAuditSearch, parseAuditSearch, type SearchParams } from '@/lib/audit/filter/search-params';
import { requirePermission } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';
import { saveViewAction } from '../actions';

export const metadata: Metadata = { title: 'Save view' };

export default servedPage(async function NewViewPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const { organization } = await requirePermission('audit_log.read');
  const [params, zone] = await Promise.all([searchParams, timeZone()]);
  const { filter, notices } = parseAuditSearch(params, zone);
  return (
    <>
      <PageHeader title="Save view" description="What the audit log shows now, under a name." />
      <div className="grid max-w-160 gap-4">
        <SearchNotices notices={notices} />
        <Card aria-label="View">
          {isUnfiltered(filter) ? (
            <EmptyState
              icon={<Bookmark />}
              title="There is no filter to save"
              action={
                <Button href={allEventsHref} variant="primary">
                  Open the audit log
                </Button>
              }
            >
              All events have a view already. Filter the audit log first.
            </EmptyState>
          ) : (
            <>
              <CardBody>
                <h2 className="text-sm font-medium text-muted">It will show</h2>
                <FilterWords filter={filter} zone={zone} />
              </CardBody>
              <CardBody>
                <ViewForm
                  action={saveViewAction}
                  about={{ name: 'query', value: formatAuditSearch({ filter }).toString() }}
                  organization={organization.name}
                  label="Save view"
                  leave={{ href: logHref({ filter }), label: 'Back to the log' }}
                />
              </CardBody>
            </>
          )}
        </Card>
      </div>
    </>
  );
});
