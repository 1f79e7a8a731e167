import { Play } from 'lucide-react';
import { aboutHowLong, eventCount } from '@/components/siem/replay-words';
import { CardBody } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import { DefinitionList } from '@/components/ui/definition-list';
import type { FormAction } from '@/components/ui/form-action';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import type { ReplayPreview as Preview } from '@/lib/siem/replay/preview-replay';
import type { TimeRange } from '@/lib/siem/replay/replay-range';
import type { IntegrationStatus } from '@/lib/siem/status';

type ReplayPreviewProps = {
  integration: IntegrationStatus;
  range: TimeRange;
  preview: Preview;
  zone: string;
  start: FormAction;
};

/** What a replay would send and how long that takes; then the button that does it, or why it cannot be done. */
export function ReplayPreview({ integration, range, preview, zone, start }: ReplayPreviewProps) {
  const { events, firstSeq, lastSeq, eventsPerSecond, underWay } = preview;
  const nothing = events === '0';
  return (
    <CardBody className="grid gap-4" role="region" aria-label="Preview">
      {nothing ? (
        <Notice tone="info" title="Nothing was sent in this time">
          Choose a longer time. What is still waiting is sent without a replay.
        </Notice>
      ) : (
        <DefinitionList
          items={[
            {
              term: 'Events',
              description: (
                <>
                  <strong className="font-semibold">{eventCount(events)}</strong>, No. {firstSeq} to {lastSeq}
                </>
              ),
            },
            {
              term: 'Time',
              description: (
                <>
                  <Time value={range.from} zone={zone} precision="minute" withOffset /> to{' '}
                  <Time value={range.to} zone={zone} precision="minute" withOffset />
                </>
              ),
            },
            {
              term: 'Index',
              description: integration.index ? <Code>{integration.index}</Code> : 'the token’s default index',
            },
            {
              term: 'Takes',
              description: `${aboutHowLong(Number(events) / eventsPerSecond)}, at ${eventsPerSecond.toLocaleString('en')} events a second`,
            },
          ]}
        />
      )}
      {!nothing && underWay && (
        <Notice tone="bad" title="A part of this time is being replayed already">
          Wait until that replay has finished, or cancel it.
        </Notice>
      )}
      {!nothing && !underWay && (
        <>
          <Notice tone="warn" title="Splunk may get events that it has">
            Each is sent with the same event_id as before, so a search can tell them apart with{' '}
            <Code>dedup event_id</Code>. They count again towards your Splunk licence.
          </Notice>
          <form action={start}>
            <input type="hidden" name="id" value={integration.id} />
            <input type="hidden" name="from" value={range.from.toISOString()} />
            <input type="hidden" name="to" value={range.to.toISOString()} />
            <SubmitButton icon={<Play />} pendingLabel="Starting…">
              Start replay
            </SubmitButton>
          </form>
        </>
      )}
    </CardBody>
  );
}
