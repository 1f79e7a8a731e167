import { ChevronsRight, KeyRound, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { integrationPath } from '@/components/siem/integration-path';
import { StreamAlarm } from '@/components/siem/stream-alarm';
import { StreamMetrics } from '@/components/siem/stream-metrics';
import { StreamSentence } from '@/components/siem/stream-sentence';
import { StreamStateBadge, shownState } from '@/components/siem/stream-state';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import type { FormAction } from '@/components/ui/form-action';
import { SubmitButton } from '@/components/ui/submit-button';
import type { IntegrationStatus } from '@/lib/siem/status';

export type IntegrationActions = { pause: FormAction; resume: FormAction; retry: FormAction };

type IntegrationCardProps = {
  status: IntegrationStatus;
  zone: string;
  now: Date;
  /** Absent for readers who may not change anything. */
  actions?: IntegrationActions | undefined;
  /** On its own page, which has its name already. */
  alone?: boolean;
};

/** How one integration stands: state, what waits, what was delivered, what is wrong with its cause and cure. */
export function IntegrationCard({ status, zone, now, actions, alone = false }: IntegrationCardProps) {
  const titleId = `integration-${status.id}`;
  const state = shownState(status, now);
  return (
    <Card aria-labelledby={titleId}>
      <CardHeader
        level={alone ? 2 : 3}
        icon={<ChevronsRight />}
        titleId={titleId}
        title={
          alone ? (
            'State'
          ) : (
            <Link
              prefetch={false}
              href={integrationPath(status.id)}
              className="underline-offset-4 hover:underline"
            >
              {status.name}
            </Link>
          )
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
        actions={<StreamStateBadge state={state} />}
      />
      <CardBody className="grid gap-3">
        <StreamSentence status={status} state={state} zone={zone} now={now} retry={actions?.retry} />
        {status.unaccounted && <StreamAlarm alarm={status.unaccounted} zone={zone} />}
      </CardBody>
      <StreamMetrics status={status} zone={zone} now={now} />
      {actions && (
        <CardBody className="flex flex-wrap gap-2.5">
          <PauseOrResume status={status} actions={actions} />
          <Button prefetch={false} href={integrationPath(status.id, '/edit')} icon={<Pencil />}>
            Edit settings
          </Button>
          <Button prefetch={false} href={integrationPath(status.id, '/token')} icon={<KeyRound />}>
            Replace token
          </Button>
          <Button
            prefetch={false}
            href={integrationPath(status.id, '/delete')}
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

function PauseOrResume({ status, actions }: { status: IntegrationStatus; actions: IntegrationActions }) {
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
