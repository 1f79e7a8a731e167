import { eventCount } from '@/components/siem/replay-words';
import { Card, CardHeader } from '@/components/ui/card';
import { Status } from '@/components/ui/status';
import { CellLabel, type Column, Table } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { ReplayStatus } from '@/lib/siem/replay/list-replays';

/** The replays that have ended, the newest first. */
export function ReplayHistory({ replays, zone }: { replays: readonly ReplayStatus[]; zone: string }) {
  return (
    <Card aria-labelledby="history">
      <CardHeader
        titleId="history"
        title="Earlier replays"
        description="What was sent once more, and by whom."
      />
      {replays.length === 0 ? (
        <p className="px-4.5 py-4 text-muted">No replay has ended yet.</p>
      ) : (
        <Table
          caption="Replays that have ended, the newest first"
          columns={columnsFor(zone)}
          rows={replays}
          rowId={({ id }) => id}
        />
      )}
    </Card>
  );
}

function columnsFor(zone: string): Column<ReplayStatus>[] {
  const time = (value: string) => <Time value={new Date(value)} zone={zone} precision="minute" />;
  return [
    {
      header: 'Events',
      className: 'max-sm:col-span-2 sm:w-[34%] sm:py-2.5!',
      cell: ({ firstSeq, lastSeq, from, to }) => (
        <>
          <span className="font-medium">
            No. {firstSeq} to {lastSeq}
          </span>
          {from && to && (
            <span className="block text-sm text-muted">
              {time(from)} to {time(to)}
            </span>
          )}
        </>
      ),
    },
    {
      header: 'Result',
      className: 'max-sm:col-span-2 max-sm:mt-1',
      cell: ({ state, done, events, refused }) => (
        <>
          {state === 'finished' ? (
            <Status tone="ok">Finished</Status>
          ) : (
            <Status tone="neutral">Cancelled</Status>
          )}
          <span className="block text-sm text-muted">
            {state === 'finished'
              ? eventCount(events)
              : `${Number(done).toLocaleString('en')} of ${eventCount(events)}`}
            {refused > 0 && `, ${refused.toLocaleString('en')} refused`}
          </span>
        </>
      ),
    },
    {
      header: 'Started',
      className: 'max-sm:col-span-2 max-sm:mt-1 sm:w-41',
      cell: ({ createdAt, requestedBy }) => (
        <>
          <CellLabel>Started</CellLabel>
          {time(createdAt)}
          {requestedBy && <span className="block text-sm text-muted">by {requestedBy}</span>}
        </>
      ),
    },
    {
      header: 'Ended',
      className: 'max-sm:col-span-2 sm:w-41',
      cell: ({ stateSince }) => (
        <>
          <CellLabel>Ended</CellLabel>
          {time(stateSince)}
        </>
      ),
    },
  ];
}
