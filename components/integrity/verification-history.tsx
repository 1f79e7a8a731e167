import { VerificationStatusMark } from '@/components/integrity/verification-status-mark';
import { Card, CardHeader } from '@/components/ui/card';
import { CellLabel, type Column, Table } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { VerificationStatus } from '@/lib/integrity/verification/list-verifications';

type VerificationHistoryProps = { verifications: readonly VerificationStatus[]; zone: string };

/** Earlier verifications, the newest first. */
export function VerificationHistory({ verifications, zone }: VerificationHistoryProps) {
  if (verifications.length === 0) return null;
  return (
    <Card aria-labelledby="verifications">
      <CardHeader titleId="verifications" title="Earlier verifications" />
      <Table
        caption="Earlier verifications, the newest first"
        columns={columnsFor(zone)}
        rows={verifications}
        rowId={({ id }) => id}
      />
    </Card>
  );
}

function columnsFor(zone: string): Column<VerificationStatus>[] {
  return [
    {
      header: 'Range',
      cell: ({ firstSeq, lastSeq }) => (
        <span className="font-medium">
          No. {firstSeq} to {lastSeq}
        </span>
      ),
    },
    {
      header: 'Result',
      className: 'max-sm:col-start-2 max-sm:row-start-1',
      cell: ({ state, faultSeq }) => (
        <>
          <VerificationStatusMark state={state} />
          {faultSeq && <span className="block text-sm text-muted">at No. {faultSeq}</span>}
        </>
      ),
    },
    {
      header: 'Started',
      className: 'max-sm:col-span-2 sm:w-56',
      cell: ({ createdAt, requestedBy }) => (
        <>
          <CellLabel>Started</CellLabel>
          <Time value={new Date(createdAt)} zone={zone} precision="minute" />
          {requestedBy && <span className="text-sm text-muted sm:block"> by {requestedBy}</span>}
        </>
      ),
    },
  ];
}
