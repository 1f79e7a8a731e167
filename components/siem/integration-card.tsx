import { ChevronsRight, KeyRound, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { StreamStateBadge } from '@/components/siem/stream-state';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import type { FormAction } from '@/components/ui/form-action';
import { Metrics } from '@/components/ui/metrics';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import type { IntegrationStatus } from '@/lib/siem/status';

const path = '/settings/siem/splunk';

type IntegrationCardProps = {
  status: IntegrationStatus;
  zone: string;
  /** Absent for readers who may not change anything. */
  actions?: { pause: FormAction; resume: FormAction } | undefined;
};

/** How one integration stands: state, what waits, what was delivered, the last error with its cause and cure. */
export function IntegrationCard({ status, zone, actions }: IntegrationCardProps) {
  const titleId = `integration-${status.id}`;
  return (
    <Card aria-labelledby={titleId}>
      <CardHeader
        level={3}
        icon={<ChevronsRight />}
        titleId={titleId}
        title={
          <Link prefetch={false} href={`${path}/${status.id}`} className="underline-offset-4 hover:underline">
            {status.name}
          </Link>
        }
        description={
          // Where the events go is for those who may change it.
          actions && (
            <Code>
              {status.host} · {status.index ? `index ${status.index}` : 'token’s default index'} · token ••••
              {status.tokenLast4}
            </Code>
          )
        }
        actions={<StreamStateBadge state={status.state} />}
      />
      <Problem status={status} zone={zone} />
      <Metrics items={metrics(status, zone)} />
      {actions && (
        <CardBody className="flex flex-wrap gap-2.5">
          <PauseOrResume status={status} actions={actions} />
          <Button prefetch={false} href={`${path}/${status.id}/edit`} icon={<Pencil />}>
            Edit settings
          </Button>
          <Button prefetch={false} href={`${path}/${status.id}/token`} icon={<KeyRound />}>
            Replace token
          </Button>
          <Button
            prefetch={false}
            href={`${path}/${status.id}/delete`}
            variant="ghost-danger"
            icon={<Trash2 />}
          >
            Delete integration
          </Button>
        </CardBody>
      )}
    </Card>
  );
}

function PauseOrResume({
  status,
  actions,
}: {
  status: IntegrationStatus;
  actions: NonNullable<IntegrationCardProps['actions']>;
}) {
  const paused = status.state === 'paused';
  return (
    <form action={paused ? actions.resume : actions.pause}>
      <input type="hidden" name="id" value={status.id} />
      <SubmitButton
        variant="secondary"
        icon={paused ? <Play /> : <Pause />}
        pendingLabel={paused ? 'Resuming…' : 'Pausing…'}
      >
        {paused ? 'Resume' : 'Pause'}
      </SubmitButton>
    </form>
  );
}

/** The sentence of the state, where there is something to say. */
function Problem({ status, zone }: { status: IntegrationStatus; zone: string }) {
  const { lastError, state } = status;
  const waiting = `${count(status.waiting, 'event')} ${status.waiting === '1' ? 'is' : 'are'} waiting; none is lost.`;
  if (state === 'paused') {
    return (
      <CardBody>
        <Notice tone="info" title={`Paused${status.pausedBy ? ` by ${status.pausedBy}` : ''}`}>
          Since <Time value={new Date(status.stateSince)} zone={zone} precision="minute" />. {waiting}
        </Notice>
      </CardBody>
    );
  }
  if (!lastError || (state !== 'blocked' && state !== 'degraded')) return null;
  return (
    <CardBody>
      <Notice tone={state === 'blocked' ? 'bad' : 'warn'} title={lastError.message}>
        {lastError.hint} Since <Time value={new Date(status.stateSince)} zone={zone} precision="minute" />.{' '}
        {waiting}{' '}
        {state === 'blocked'
          ? 'One event is tried every five minutes; delivery resumes by itself.'
          : 'It is tried again by itself.'}
      </Notice>
    </CardBody>
  );
}

function metrics(status: IntegrationStatus, zone: string) {
  const { lastDelivered, latency } = status;
  const oldest: ReactNode = status.oldestWaitingAt ? (
    <>
      oldest from <Time value={new Date(status.oldestWaitingAt)} zone={zone} />
    </>
  ) : (
    'nothing behind'
  );
  return [
    { label: 'Events waiting', value: Number(status.waiting).toLocaleString('en'), note: oldest },
    {
      label: 'Last delivered',
      value: lastDelivered ? (
        <Time value={new Date(lastDelivered.deliveredAt)} zone={zone} show="time" />
      ) : (
        'Never'
      ),
      note: lastDelivered
        ? `${lastDelivered.action}, No. ${lastDelivered.seq}`
        : 'no event has happened since you connected',
    },
    {
      label: 'Delivered',
      value: Number(status.deliveredToday).toLocaleString('en'),
      note: `last 24 h; ${Number(status.deliveredTotal).toLocaleString('en')} in all${status.parked > 0 ? `, ${status.parked} parked` : ''}`,
    },
    {
      label: 'Commit to Splunk',
      value: latency ? `${latency.p50Ms} ms` : '–',
      note: latency ? `p50, ${latency.p95Ms} ms p95 over 24 h` : 'no delivery in the last 24 h',
    },
  ];
}

function count(digits: string, what: string): string {
  return `${Number(digits).toLocaleString('en')} ${what}${digits === '1' ? '' : 's'}`;
}
