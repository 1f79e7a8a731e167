import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ActiveFilters } from '@/components/audit/active-filters';
import { CountsTable } from '@/components/audit/counts-table';
import { FacetValues } from '@/components/audit/facet-values';
import { facetLabels } from '@/components/audit/facet-words';
import { Histogram } from '@/components/audit/histogram';
import { logHref } from '@/components/audit/log-href';
import { SearchNotices } from '@/components/audit/search-notices';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { parseAuditSearch, type SearchParams } from '@/lib/audit/filter/search-params';
import { facets } from '@/lib/audit/query/facets';
import { auditCounts } from '@/lib/audit-counts/audit-counts';
import { requirePermission } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';

export const metadata: Metadata = { title: 'Counts' };

/** What the Audit Log streams in after its rows, waited for: as tables, for the keyboard, and without JavaScript. */
export default servedPage(async function CountsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const { organization } = await requirePermission('audit_log.read');
  const [params, zone] = await Promise.all([searchParams, timeZone()]);
  const { filter, size, notices } = parseAuditSearch(params, zone);
  const counts = await auditCounts(organization.id, filter, zone, { within: false });
  await Promise.all([counts.histogram, ...Object.values(counts.facets)]);

  return (
    <>
      <PageHeader
        title="Counts"
        description="How many events match, when they happened, and what is most frequent among them."
        actions={<Button href={logHref({ filter, size })}>Show the events</Button>}
      />
      <div className="grid gap-4">
        <SearchNotices notices={notices} />
        <ActiveFilters filter={filter} size={size} zone={zone} />
        <Histogram answer={counts.histogram} filter={filter} size={size} zone={zone} />
        <CountsTable answer={counts.histogram} filter={filter} size={size} zone={zone} />
        {/* Columns rather than rows: a long list leaves no hole beside it. */}
        <div className="-mb-4 min-w-0 gap-4 sm:columns-2 xl:columns-3">
          {facets.map((facet) => (
            <Card key={facet} aria-labelledby={`facet-${facet}`} className="mb-4 break-inside-avoid">
              <CardHeader
                title={facetLabels[facet]}
                titleId={`facet-${facet}`}
                {...(filter[facet] && { description: 'By all filters but this one.' })}
              />
              <CardBody className="px-2.5!">
                <FacetValues facet={facet} answer={counts.facets[facet]} filter={filter} size={size} />
              </CardBody>
            </Card>
          ))}
        </div>
      </div>
    </>
  );
});
