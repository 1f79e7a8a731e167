import { ShieldCheck, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { BrokenChain } from '@/components/integrity/broken-chain';
import { VerificationStatusMark } from '@/components/integrity/verification-status-mark';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { FormAction } from '@/components/ui/form-action';
import { ProgressBar } from '@/components/ui/progress-bar';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import type { BrokenPlace } from '@/lib/integrity/verification/broken-places';
import type { VerificationStatus } from '@/lib/integrity/verification/list-verifications';

type VerificationCardProps = {
  /** The newest one; undefined before the first. */
  last: VerificationStatus | undefined;
  /** What this and earlier ones found and none has found intact since. */
  broken: readonly BrokenPlace[];
  zone: string;
  cancel: FormAction;
  /** The form that starts one. */
  children: ReactNode;
};

/** The verification that is running, or how the last one ended and a form for the next. */
export function VerificationCard({ last, broken, zone, cancel, children }: VerificationCardProps) {
  const running = last?.state === 'running';
  return (
    <Card aria-labelledby="verification">
      <CardHeader
        icon={<ShieldCheck />}
        titleId="verification"
        title="Verification"
        description="Computes every seal anew, compares each searched column with its sealed record, and checks each signature."
        actions={last && <VerificationStatusMark state={last.state} pill />}
      />
      {last && (
        <CardBody className="grid gap-3">
          {running ? <Running last={last} zone={zone} cancel={cancel} /> : <Ended last={last} zone={zone} />}
          <BrokenChain places={broken} />
        </CardBody>
      )}
      {!running && (
        <CardBody className="grid gap-3">
          {!last && (
            <p className="text-muted">
              This log has not been verified yet. Leave both fields empty to verify all of it.
            </p>
          )}
          {children}
        </CardBody>
      )}
    </Card>
  );
}

const figure = (value: number) => value.toLocaleString('en');

function Running({ last, zone, cancel }: { last: VerificationStatus; zone: string; cancel: FormAction }) {
  const percent = Math.floor((100 * last.done) / last.events);
  return (
    <>
      <ProgressBar
        label={`Verifying No. ${last.firstSeq} to ${last.lastSeq}`}
        value={last.done}
        max={last.events}
        className="w-full"
      />
      <p className="tabular-nums">
        {figure(last.done)} of {figure(last.events)} events ({percent} %), No. {last.firstSeq} to{' '}
        {last.lastSeq}
      </p>
      <p className="text-sm text-muted">
        Started{last.requestedBy && ` by ${last.requestedBy}`},{' '}
        <Time value={new Date(last.createdAt)} zone={zone} withOffset />. It goes on when you leave this page.
      </p>
      <form action={cancel}>
        <SubmitButton variant="secondary" icon={<X />} pendingLabel="Cancelling…">
          Cancel verification
        </SubmitButton>
      </form>
    </>
  );
}

function Ended({ last, zone }: { last: VerificationStatus; zone: string }) {
  const range = `No. ${last.firstSeq} to ${last.lastSeq}`;
  const sentence = {
    intact: `${range}: all ${figure(last.events)} events are as they were sealed.`,
    broken: `${range}: the log does not agree with itself.`,
    cancelled: `${range}: cancelled after ${figure(last.done)} of ${figure(last.events)} events, which were right.`,
    failed: `${range}: it could not be done. ${last.reason ?? ''} This says nothing about the log.`,
    running: '',
  }[last.state];
  return (
    <div>
      <p className="font-medium">{sentence}</p>
      <p className="text-sm text-muted">
        {last.requestedBy ? `Started by ${last.requestedBy}` : 'Started'},{' '}
        <Time value={new Date(last.createdAt)} zone={zone} withOffset />
        {last.finishedAt && (
          <>
            ; ended <Time value={new Date(last.finishedAt)} zone={zone} show="time" />
          </>
        )}
      </p>
    </div>
  );
}
