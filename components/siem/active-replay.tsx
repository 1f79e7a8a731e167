import { Pause, Play, RotateCw, X } from 'lucide-react';
import { aboutHowLong } from '@/components/siem/replay-words';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { FormAction } from '@/components/ui/form-action';
import { Notice } from '@/components/ui/notice';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Status } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import type { ReplayStatus } from '@/lib/siem/replay/list-replays';

export type ReplayActions = { pause: FormAction; resume: FormAction; cancel: FormAction };

type ActiveReplayProps = {
  integrationId: string;
  replay: ReplayStatus;
  zone: string;
  /** Absent for readers who may not change anything. */
  actions?: ReplayActions | undefined;
};

/** A replay that has not ended: how far it is, what it waits for, and what can be done about it. */
export function ActiveReplay({ integrationId, replay, zone, actions }: ActiveReplayProps) {
  const titleId = `replay-${replay.id}`;
  const paused = replay.state === 'paused';
  const figure = (digits: string) => Number(digits).toLocaleString('en');
  return (
    <Card aria-labelledby={titleId}>
      <CardHeader
        icon={<RotateCw />}
        titleId={titleId}
        title={`Replay of No. ${replay.firstSeq} to ${replay.lastSeq}`}
        description={
          <>
            Started{replay.requestedBy && ` by ${replay.requestedBy}`},{' '}
            <Time value={new Date(replay.createdAt)} zone={zone} precision="minute" withOffset />
          </>
        }
        actions={
          <Status look="pill" tone="neutral" icon={paused ? <Pause /> : <Play />}>
            {paused ? 'Paused' : 'Running'}
          </Status>
        }
      />
      <CardBody className="grid gap-2.5">
        <ProgressBar
          label={`Progress of the replay of No. ${replay.firstSeq} to ${replay.lastSeq}`}
          value={Number(replay.done)}
          max={Number(replay.events)}
          className="w-full"
        />
        <p className="tabular-nums">
          {figure(replay.done)} of {figure(replay.events)} ({replay.percent} %)
          {replay.secondsLeft !== null && `, ${aboutHowLong(replay.secondsLeft)} left`}
          {replay.refused > 0 && `, ${replay.refused.toLocaleString('en')} refused by Splunk and parked`}
        </p>
        <WaitingFor replay={replay} withCause={actions !== undefined} zone={zone} />
      </CardBody>
      {actions && (
        <CardBody className="flex flex-wrap gap-2.5">
          <ReplayButton
            integrationId={integrationId}
            id={replay.id}
            action={paused ? actions.resume : actions.pause}
            icon={paused ? <Play /> : <Pause />}
            label={paused ? 'Resume replay' : 'Pause replay'}
          />
          <ReplayButton
            integrationId={integrationId}
            id={replay.id}
            action={actions.cancel}
            icon={<X />}
            label="Cancel replay"
          />
        </CardBody>
      )}
    </Card>
  );
}

/** Why a running replay does not go on. The cause names where events go, which is for those who may change it. */
function WaitingFor({
  replay: { waitingFor, lastError, nextAttemptAt },
  withCause,
  zone,
}: {
  replay: ReplayStatus;
  withCause: boolean;
  zone: string;
}) {
  if (waitingFor === 'live_stream')
    return (
      <Notice tone="info" title="It waits for the live stream">
        New events go first. The replay goes on as soon as these are delivered again.
      </Notice>
    );
  if (waitingFor === null || !lastError) return null;
  return (
    <Notice tone="warn" title={withCause ? lastError.message : 'Its last attempt failed'}>
      {withCause && `${lastError.hint} `}
      It is tried again by itself
      {nextAttemptAt && (
        <>
          , next at <Time value={new Date(nextAttemptAt)} zone={zone} show="time" />
        </>
      )}
      .
    </Notice>
  );
}

type ReplayButtonProps = {
  integrationId: string;
  id: string;
  action: FormAction;
  icon: React.ReactNode;
  label: string;
};

function ReplayButton({ integrationId, id, action, icon, label }: ReplayButtonProps) {
  return (
    <form action={action}>
      <input type="hidden" name="integration" value={integrationId} />
      <input type="hidden" name="id" value={id} />
      <SubmitButton variant="secondary" icon={icon}>
        {label}
      </SubmitButton>
    </form>
  );
}
