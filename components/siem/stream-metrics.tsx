import Link from 'next/link';
import type { ReactNode } from 'react';
import { integrationPath } from '@/components/siem/integration-path';
import { type Metric, Metrics } from '@/components/ui/metrics';
import { Time } from '@/components/ui/time';
import { elapsedWords } from '@/lib/elapsed';
import type { IntegrationStatus } from '@/lib/siem/status';

type StreamMetricsProps = { status: IntegrationStatus; zone: string; now: Date };

/** The figures of a stream. "0", "None" and "Never" are said; a figure is never left out. */
export function StreamMetrics({ status, zone, now }: StreamMetricsProps) {
  return <Metrics items={[...position(status, zone, now), ...delivery(status), ...beside(status)]} />;
}

function position(status: IntegrationStatus, zone: string, now: Date): Metric[] {
  const { lastDelivered: last, oldestWaitingAt: oldest, waiting } = status;
  return [
    {
      label: 'Events waiting',
      value: figure(waiting),
      note: waiting === '0' ? 'nothing behind' : 'in the log, in their order',
    },
    {
      label: 'Oldest waiting',
      value: oldest ? elapsedWords(now.getTime() - Date.parse(oldest)) : 'None',
      note: oldest ? (
        <>
          since <Time value={new Date(oldest)} zone={zone} />
        </>
      ) : (
        'no event waits'
      ),
    },
    {
      label: 'Last delivered',
      value: last ? (
        <TextLink href={`/settings/audit-log/${last.id}`}>
          <Time value={new Date(last.deliveredAt)} zone={zone} show="time" />
        </TextLink>
      ) : (
        'Never'
      ),
      note: last ? (
        <>
          {last.action}, No. {last.seq}, of <Time value={new Date(last.occurredAt)} zone={zone} />
        </>
      ) : (
        'no event was delivered yet'
      ),
    },
  ];
}

function delivery({ deliveredToday, deliveredTotal, latency }: IntegrationStatus): Metric[] {
  return [
    {
      label: 'Delivered',
      value: figure(deliveredToday),
      note: `last 24 h; ${figure(deliveredTotal)} in all`,
    },
    {
      label: 'Commit to Splunk',
      value: latency ? milliseconds(latency.p50Ms) : 'None',
      note: latency ? `median, p95 ${milliseconds(latency.p95Ms)} over 24 h` : 'no delivery in the last 24 h',
    },
  ];
}

function beside({ id, parked, replays, provenSeq, unaccounted }: IntegrationStatus): Metric[] {
  return [
    {
      label: 'Parked',
      value: figure(parked),
      note: <TextLink href={integrationPath(id, '/parked')}>Parked events</TextLink>,
    },
    {
      label: 'Replays under way',
      value: figure(replays),
      note: <TextLink href={integrationPath(id, '/replay')}>Replays</TextLink>,
    },
    {
      label: 'Accounted for',
      value: unaccounted ? 'Not all' : `No. ${figure(provenSeq)}`,
      note: unaccounted ? 'see the alarm above' : 'each event up to it is accepted or parked',
    },
  ];
}

function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link prefetch={false} href={href} className="text-accent underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}

function figure(amount: string | number): string {
  return Number(amount).toLocaleString('en');
}

/** "213 ms", "1.4 s", "3 min". */
function milliseconds(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : elapsedWords(ms);
}
