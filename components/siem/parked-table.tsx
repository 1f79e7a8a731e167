import { RotateCw } from 'lucide-react';
import { integrationPath } from '@/components/siem/integration-path';
import { ParkedSentence, Refusal } from '@/components/siem/parked-event';
import { Button } from '@/components/ui/button';
import type { FormAction } from '@/components/ui/form-action';
import { Status } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { CellLabel, type Column, Table } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { ParkedEvent } from '@/lib/siem/parked/list-parked';

type ParkedTableProps = {
  integrationId: string;
  rows: readonly ParkedEvent[];
  zone: string;
  /** Absent for readers who may not change anything. */
  retry?: FormAction | undefined;
};

/** Parked events with what is to become of them, or has. */
export function ParkedTable({ integrationId, rows, zone, retry }: ParkedTableProps) {
  const whole = 'max-sm:col-span-2';
  const columns: Column<ParkedEvent>[] = [
    {
      header: 'Event',
      className: `${whole} sm:w-[38%] sm:py-2.5!`,
      cell: (parked) => <ParkedSentence parked={parked} zone={zone} />,
    },
    {
      header: 'Splunk’s answer',
      className: `${whole} max-sm:mt-2`,
      cell: (parked) => <Refusal parked={parked} />,
    },
    {
      header: 'Parked',
      className: `${whole} max-sm:mt-2 sm:w-41`,
      cell: ({ parkedAt, refusals }) => (
        <>
          <CellLabel>Parked</CellLabel>
          <Time value={new Date(parkedAt)} zone={zone} precision="minute" />
          <span className="block text-sm text-muted">
            refused {refusals === 1 ? 'once' : `${refusals.toLocaleString('en')} times`}
          </span>
        </>
      ),
    },
    {
      header: 'State',
      className: `${whole} max-sm:mt-2 sm:w-44`,
      cell: (parked) => (
        <Standing
          parked={parked}
          zone={zone}
          actions={retry && <Actions integrationId={integrationId} seq={parked.seq} retry={retry} />}
        />
      ),
    },
  ];
  return (
    <Table
      caption="Parked events, in the order of the audit log"
      columns={columns}
      rows={rows}
      rowId={({ seq }) => seq}
    />
  );
}

function Standing({
  parked: { state, closedAt, dismissedBy, dismissal },
  zone,
  actions,
}: {
  parked: ParkedEvent;
  zone: string;
  actions: React.ReactNode;
}) {
  switch (state) {
    case 'parked':
      return actions ?? <Status tone="bad">Parked</Status>;
    case 'retrying':
      return (
        <Status tone="neutral" icon={<RotateCw />}>
          Being sent again
        </Status>
      );
    case 'delivered':
      return (
        <>
          <Status tone="ok">In Splunk</Status>
          <Closed at={closedAt} zone={zone} />
        </>
      );
    case 'dismissed':
      return (
        <>
          <Status tone="neutral">Dismissed{dismissedBy && ` by ${dismissedBy}`}</Status>
          <span className="block [overflow-wrap:anywhere]">{dismissal}</span>
          <Closed at={closedAt} zone={zone} />
        </>
      );
  }
}

function Closed({ at, zone }: { at: string | null; zone: string }) {
  if (!at) return null;
  return <Time value={new Date(at)} zone={zone} precision="minute" className="block text-sm text-muted" />;
}

function Actions({ integrationId, seq, retry }: { integrationId: string; seq: string; retry: FormAction }) {
  return (
    <div className="flex flex-wrap gap-1.5">
      <form action={retry}>
        <input type="hidden" name="id" value={integrationId} />
        <input type="hidden" name="seq" value={seq} />
        <SubmitButton size="sm" variant="secondary" aria-label={`Retry No. ${seq}`} pendingLabel="Retrying…">
          Retry
        </SubmitButton>
      </form>
      <Button
        size="sm"
        variant="ghost"
        prefetch={false}
        href={`${integrationPath(integrationId, '/parked')}/${seq}/dismiss`}
        aria-label={`Dismiss No. ${seq}`}
      >
        Dismiss
      </Button>
    </div>
  );
}
