import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { count } from '@/components/overview/words';
import type { ShownState } from '@/components/siem/stream-state';
import { Code } from '@/components/ui/code';
import type { FormAction } from '@/components/ui/form-action';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { elapsedWords } from '@/lib/elapsed';
import { formatTime } from '@/lib/format-time';
import type { IntegrationStatus } from '@/lib/siem/status';
import { whatIsLost } from '@/lib/what-is-lost';

type StreamSentenceProps = {
  status: IntegrationStatus;
  state: ShownState;
  zone: string;
  now: Date;
  /** Absent for readers who may neither change anything nor see where events go. */
  retry?: FormAction | undefined;
};

/** What the state means: since when and why, what waits and what becomes of it, what happens next and what to do. */
export function StreamSentence(props: StreamSentenceProps) {
  const { status, state, zone, now } = props;
  const since = <Time value={new Date(status.stateSince)} zone={zone} precision="minute" withOffset />;
  switch (state) {
    case 'blocked':
    case 'degraded':
      return <Trouble {...props} since={since} />;
    case 'paused':
      return (
        <Notice tone="info" title={`Paused${status.pausedBy ? ` by ${status.pausedBy}` : ''}`}>
          Since {since}. {waits(status)} {whatIsLost}
        </Notice>
      );
    case 'waiting':
      return (
        <p>
          {status.waiting === '0'
            ? 'No event has happened since you connected.'
            : 'The first event is on its way.'}
        </p>
      );
    case 'catching_up':
      return (
        <p>
          Events are being sent, healthy since {since}. The oldest of {count(Number(status.waiting), 'event')}{' '}
          waits for {age(status, now)}. {whatIsLost}
          <Slow status={status} zone={zone} />
        </p>
      );
    case 'healthy':
      return (
        <p>
          {status.waiting === '0' ? 'All events are delivered.' : 'Events are being sent as they happen.'}{' '}
          Healthy since {since}.
          <Slow status={status} zone={zone} />
        </p>
      );
  }
}

function Trouble({ status, state, zone, now, retry, since }: StreamSentenceProps & { since: ReactNode }) {
  const { lastError } = status;
  const blocked = state === 'blocked';
  const words = retry ? lastError : lastError?.discreet;
  return (
    <Notice
      tone={blocked ? 'bad' : 'warn'}
      title={words?.message ?? (blocked ? 'Sending has stopped' : 'Sending fails')}
      action={retry && <RetryNow id={status.id} action={retry} />}
    >
      <p>
        {words?.hint} {blocked ? 'Stopped' : 'Delayed'} since {since}.
      </p>
      <p>
        {waits(status)} {whatIsLost}{' '}
        {blocked
          ? 'One event is tried every five minutes; the rest follows by itself.'
          : 'It is tried again by itself.'}
        {lastError?.nextAttemptAt && ` ${nextAttempt(new Date(lastError.nextAttemptAt), zone, now)}`}
      </p>
      {lastError && <Codes error={lastError} withWords={retry !== undefined} />}
    </Notice>
  );
}

/** For machines, and for a search in the runbook. Splunk's own words may name what not everybody may see. */
function Codes({
  error,
  withWords,
}: {
  error: NonNullable<IntegrationStatus['lastError']>;
  withWords: boolean;
}) {
  const parts = [
    error.cause,
    ...(error.httpStatus === null ? [] : [`HTTP ${error.httpStatus}`]),
    ...(error.hecCode === null ? [] : [`HEC code ${error.hecCode}`]),
    ...(withWords && error.hecText ? [`“${error.hecText}”`] : []),
    `attempt ${error.attempts}`,
  ];
  return <Code>{parts.join(' · ')}</Code>;
}

function RetryNow({ id, action }: { id: string; action: FormAction }) {
  return (
    <form action={action}>
      <input type="hidden" name="id" value={id} />
      <SubmitButton variant="secondary" icon={<RotateCw />} pendingLabel="Trying…">
        Retry now
      </SubmitButton>
    </form>
  );
}

function Slow({ status, zone }: { status: IntegrationStatus; zone: string }) {
  if (!status.slowUntil) return null;
  return (
    <>
      {' '}
      Splunk warns that its queue fills up, so it gets half the rate until{' '}
      <Time value={new Date(status.slowUntil)} zone={zone} show="time" />.
    </>
  );
}

function waits({ waiting }: IntegrationStatus): string {
  return `${count(Number(waiting), 'event')} ${waiting === '1' ? 'is' : 'are'} waiting.`;
}

function age({ oldestWaitingAt }: IntegrationStatus, now: Date): string {
  return elapsedWords(oldestWaitingAt ? now.getTime() - Date.parse(oldestWaitingAt) : 0);
}

function nextAttempt(at: Date, zone: string, now: Date): string {
  const ms = at.getTime() - now.getTime();
  if (ms <= 0) return 'The next attempt is due.';
  return `The next attempt is at ${formatTime(at, zone)}, in ${elapsedWords(ms + 999)}.`;
}
