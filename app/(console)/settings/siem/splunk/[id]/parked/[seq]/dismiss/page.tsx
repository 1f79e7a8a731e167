import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { servedPage } from '@/app/(console)/served-page';
import { DismissForm } from '@/components/siem/dismiss-form';
import { parkedHref } from '@/components/siem/parked-address';
import { ParkedSentence, Refusal } from '@/components/siem/parked-event';
import { Card, CardBody } from '@/components/ui/card';
import { DefinitionList } from '@/components/ui/definition-list';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { timeZone } from '@/lib/auth/preferences';
import { findParked } from '@/lib/siem/parked/list-parked';
import { dismissParkedAction } from '../../actions';

export const metadata: Metadata = { title: 'Dismiss a parked event' };

type PageProps = { params: Promise<{ id: string; seq: string }> };

export default servedPage(async function DismissPage({ params }: PageProps) {
  const { organization } = await requireConfirmed('siem.manage');
  const [{ id, seq }, zone] = await Promise.all([params, timeZone()]);
  const parked = await findParked(organization.id, id, seq);
  if (!parked) notFound();
  const isOpen = parked.state === 'parked' || parked.state === 'retrying';
  if (!isOpen) redirect(parkedHref(id, { settled: true }));
  return (
    <>
      <PageHeader title={`Dismiss event No. ${seq}`} />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody>
          <DefinitionList
            items={[
              { term: 'Event', description: <ParkedSentence parked={parked} zone={zone} /> },
              { term: 'Refused', description: <Refusal parked={parked} /> },
            ]}
          />
        </CardBody>
        <CardBody className="grid gap-4">
          <Notice tone="warn" title="Splunk will not have this event">
            It stays in the audit log. Dismiss it only when that is enough; a search in Splunk will have a gap
            here.
          </Notice>
          <DismissForm action={dismissParkedAction} id={id} seq={seq} keepHref={parkedHref(id)} />
        </CardBody>
      </Card>
    </>
  );
});
