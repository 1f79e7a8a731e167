import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { servedPage } from '@/app/(console)/served-page';
import { parkedHref } from '@/components/siem/parked-address';
import { Button } from '@/components/ui/button';
import { Card, CardBody } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { SubmitButton } from '@/components/ui/submit-button';
import { requirePermission } from '@/lib/auth/actor';
import { countParked } from '@/lib/siem/parked/count-parked';
import { getIntegrationStatus } from '@/lib/siem/status';
import { retryAllParkedAction } from '../actions';

export const metadata: Metadata = { title: 'Retry all parked events' };

export default servedPage(async function RetryAllPage({ params }: { params: Promise<{ id: string }> }) {
  const { organization } = await requirePermission('siem.manage');
  const { id } = await params;
  const [integration, { parked }] = await Promise.all([
    getIntegrationStatus(organization.id, id),
    countParked(organization.id, id),
  ]);
  if (!integration) notFound();
  if (parked === 0) redirect(parkedHref(id));
  const [many, they, are] = parked === 1 ? ['event', 'It', 'is'] : ['events', 'They', 'are'];
  return (
    <>
      <PageHeader title="Retry all parked events" />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          <Notice
            tone="info"
            title={`${parked.toLocaleString('en')} ${many} ${are} sent to ${integration.name} again`}
          >
            {they} {are} sent with the same content and the same event_id. What Splunk refuses once more stays
            parked with the new reason. So mend the cause in Splunk first.
          </Notice>
          <form action={retryAllParkedAction} className="flex flex-wrap gap-2.5">
            <input type="hidden" name="id" value={id} />
            <SubmitButton pendingLabel="Retrying…">Retry all</SubmitButton>
            <Button href={parkedHref(id)}>Leave them parked</Button>
          </form>
        </CardBody>
      </Card>
    </>
  );
});
