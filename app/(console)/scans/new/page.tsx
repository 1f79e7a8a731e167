import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ScanForm } from '@/components/scans/scan-form';
import { Card, CardBody } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { createScanAction } from '../actions';

export const metadata: Metadata = { title: 'New scan' };

export default servedPage(async function NewScanPage() {
  await requirePermission('scans.manage');
  return (
    <>
      <PageHeader
        title="New scan"
        description="Nothing is visited yet: the scan runs when you start it, or by a schedule."
      />
      <Card className="max-w-160" aria-label="Scan">
        <CardBody>
          <ScanForm action={createScanAction} />
        </CardBody>
      </Card>
    </>
  );
});
