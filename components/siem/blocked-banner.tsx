import { integrationPath } from '@/components/siem/integration-path';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { BlockedStream } from '@/lib/siem/streams';
import { whatIsLost } from '@/lib/what-is-lost';

/** On every settings page of an admin: each integration that needs a hand, what to do, and where. */
export function BlockedBanner({ streams, zone }: { streams: readonly BlockedStream[]; zone: string }) {
  return (
    <section aria-label="Delivery has stopped" className="grid gap-3">
      {streams.map(({ id, name, since, cause }) => (
        <Notice
          key={id}
          tone="bad"
          title={
            <>
              Sending to {name} has been stopped since{' '}
              <Time value={new Date(since)} zone={zone} precision="minute" withOffset />
            </>
          }
          action={
            <Button prefetch={false} size="sm" href={integrationPath(id)}>
              Open {name}
            </Button>
          }
        >
          {cause && `${cause.message}. ${cause.hint} `}
          {whatIsLost}
        </Notice>
      ))}
    </section>
  );
}
