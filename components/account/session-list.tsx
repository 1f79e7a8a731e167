import { LogOut, MonitorSmartphone } from 'lucide-react';
import { Card, CardFooter, CardHeader } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import type { FormAction } from '@/components/ui/form-action';
import { Status } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';

type SessionRow = {
  id: string;
  device: string;
  userAgent: string | null;
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  /** The one that shows this page. */
  current: boolean;
};

type SessionListProps = {
  sessions: readonly SessionRow[];
  zone: string;
  actions: { end: FormAction; endOthers: FormAction; signOut: FormAction; signOutEverywhere: FormAction };
};

/** Where a person is signed in, and the ways to end it. */
export function SessionList({ sessions, zone, actions }: SessionListProps) {
  return (
    <Card aria-labelledby="sessions-title">
      <CardHeader
        titleId="sessions-title"
        title="Sessions"
        description="End any that you do not recognize, and tell an admin about it."
      />
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} zone={zone} actions={actions} />
        ))}
      </ul>
      <CardFooter>
        {sessions.length > 1 && (
          <form action={actions.endOthers}>
            <SubmitButton variant="secondary" pendingLabel="Ending…">
              End all others
            </SubmitButton>
          </form>
        )}
        <form action={actions.signOutEverywhere}>
          <SubmitButton variant="secondary" icon={<LogOut />} pendingLabel="Signing out…">
            Sign out everywhere
          </SubmitButton>
        </form>
        <p className="text-sm text-muted">Everywhere includes this browser.</p>
      </CardFooter>
    </Card>
  );
}

function SessionItem({
  session,
  zone,
  actions,
}: { session: SessionRow } & Omit<SessionListProps, 'sessions'>) {
  const { id, device, userAgent, ip, createdAt, lastSeenAt, current } = session;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2.5 px-4.5 py-3.5">
      <MonitorSmartphone className="text-muted" />
      <div className="min-w-0 flex-1 basis-40">
        <p className="flex flex-wrap items-center gap-x-2.5 font-medium">
          <span title={userAgent ?? undefined}>{device}</span>
          {current && <Status tone="ok">This session</Status>}
        </p>
        <p className="text-sm text-muted">
          {ip && <Code>{ip} · </Code>}
          used <Time value={lastSeenAt} zone={zone} precision="minute" withOffset />, signed in{' '}
          <Time value={createdAt} zone={zone} precision="minute" withOffset />
        </p>
      </div>
      <form action={current ? actions.signOut : actions.end}>
        {!current && <input type="hidden" name="session" value={id} />}
        <SubmitButton
          variant="secondary"
          size="sm"
          pendingLabel="Ending…"
          aria-label={
            current ? 'Sign out of this session' : `End the session of ${device}${ip ? `, ${ip}` : ''}`
          }
        >
          {current ? 'Sign out' : 'End'}
        </SubmitButton>
      </form>
    </li>
  );
}
