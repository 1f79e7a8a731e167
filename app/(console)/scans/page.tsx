import { Plus, Radar } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ScanNotice } from '@/components/scans/scan-notice';
import { scansPath } from '@/components/scans/scan-path';
import { ScanTable } from '@/components/scans/scan-table';
import { AutoRefresh } from '@/components/siem/auto-refresh';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { formatTime } from '@/lib/format-time';
import { maxScans } from '@/lib/scans/create-scan';
import { listScans } from '@/lib/scans/read-scans';
import { startOrStopScanAction } from './actions';

export const metadata: Metadata = { title: 'Scans' };

type Search = Record<string, string | string[] | undefined>;

export default servedPage(async function ScansPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { organization, user } = await requirePermission('scans.read');
  const [search, zone, { rows: scans }] = await Promise.all([
    searchParams,
    timeZone(),
    // All there can be: a list of a hundred is quicker to search on one page than on several.
    listScans(organization.id, { size: maxScans }),
  ]);
  const mayManage = can(user.role, 'scans.manage');
  const add = mayManage && (
    <Button href={`${scansPath}/new`} variant="primary" icon={<Plus />}>
      New scan
    </Button>
  );

  return (
    <>
      <PageHeader
        title="Scans"
        description="Web addresses, looked at as a visitor meets them, for what weakens them."
        actions={scans.length > 0 && add}
      />
      <div className="grid gap-4">
        <ScanNotice search={search} scans={scans} />
        <Card aria-label="Scans">
          {scans.length === 0 ? (
            <EmptyState icon={<Radar />} title="No scans yet" action={add}>
              A scan visits a web address and judges its headers, cookies, certificate and redirects. Each run
              gets a grade, and says what changed since the one before.
            </EmptyState>
          ) : (
            <ScanTable scans={scans} zone={zone} action={mayManage ? startOrStopScanAction : undefined} />
          )}
        </Card>
        {scans.some(({ activeRun }) => activeRun) && (
          <AutoRefresh asOf={formatTime(new Date(), zone)} href={scansPath} periodMs={2_000} pausable />
        )}
      </div>
    </>
  );
});
