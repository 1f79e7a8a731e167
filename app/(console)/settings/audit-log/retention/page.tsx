import type { Metadata } from 'next';
import { z } from 'zod';
import { servedPage } from '@/app/(console)/served-page';
import { HeldBackNotice } from '@/components/integrity/held-back-notice';
import { LogBeginning } from '@/components/integrity/log-beginning';
import { retentionPath } from '@/components/integrity/paths';
import { RetentionConfirmation } from '@/components/integrity/retention-confirmation';
import { RetentionForm } from '@/components/integrity/retention-form';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { timeZone } from '@/lib/auth/preferences';
import { type Retention, readRetention } from '@/lib/integrity/retention/read-retention';
import { retentionInWords } from '@/lib/integrity/retention/words';
import { setRetentionAction } from './actions';
import { readDays } from './read-days';

export const metadata: Metadata = { title: 'Retention' };

const searchSchema = z.object({
  done: z.literal('changed').optional().catch(undefined),
  days: z.unknown().optional(),
});

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default servedPage(async function RetentionPage({ searchParams }: PageProps) {
  const { organization } = await requireConfirmed('audit_log.manage');
  const [search, zone] = await Promise.all([searchParams, timeZone()]);
  const { done, days: typed } = searchSchema.parse(search);
  const chosen = readDays(typed);
  const now = await readRetention(organization.id);
  const then = chosen !== undefined && chosen !== now.days && (await readRetention(organization.id, chosen));

  return (
    <>
      <PageHeader
        title="Retention"
        description="How long events stay in the log. What goes is gone; the signed hash of the last one stays, so the rest is still proved."
      />
      <div className="grid max-w-180 gap-4">
        {done && (
          <Notice tone="ok" announce title={`Events are kept ${forHowLong(now)} from now on.`}>
            {now.days === null
              ? 'Nothing is deleted any more.'
              : 'What is older goes within a minute, later events day by day.'}
          </Notice>
        )}
        <Card aria-labelledby="keep">
          <CardHeader
            titleId="keep"
            title={`Events are kept ${forHowLong(now)}`}
            description="Nothing goes before every Splunk integration has it, however long that takes."
          />
          {(now.begins || now.waiting > 0) && (
            <CardBody className="grid gap-3">
              <LogBeginning retention={now} zone={zone} />
              <HeldBackNotice retention={now} />
            </CardBody>
          )}
          <CardBody>
            <RetentionForm days={chosen === undefined ? now.days : chosen} />
          </CardBody>
          {then && chosen !== undefined && (
            <CardBody className="grid gap-4" role="region" aria-label="What changes">
              {then.expired > 0 ? (
                <Notice tone="warn" title={`${figure(then.expired)} will be deleted`}>
                  They are older than {retentionInWords(chosen)}, and nobody can bring them back.{' '}
                  {then.waiting > 0 &&
                    `${figure(then.waiting)} of them wait for an integration, and go when it has them.`}
                </Notice>
              ) : (
                <p>
                  {chosen === null
                    ? 'Nothing will be deleted any more. What is gone stays gone.'
                    : `No event is older than ${retentionInWords(chosen)} yet, so nothing is deleted now.`}
                </p>
              )}
              <RetentionConfirmation
                key={String(chosen)}
                action={setRetentionAction}
                days={String(chosen ?? 'forever')}
                events={then.expired}
                keepHref={retentionPath}
              />
            </CardBody>
          )}
        </Card>
      </div>
    </>
  );
});

const figure = (events: number) => (events === 1 ? 'One event' : `${events.toLocaleString('en')} events`);

function forHowLong({ days }: Retention): string {
  return days === null ? 'for ever' : `for ${retentionInWords(days)}`;
}
