import { Download, PenLine, Signature } from 'lucide-react';
import { logPath } from '@/components/audit/log-href';
import { integrityPath } from '@/components/integrity/paths';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import { EmptyState } from '@/components/ui/empty-state';
import type { FormAction } from '@/components/ui/form-action';
import { RowLink } from '@/components/ui/row-link';
import { Status } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { CellLabel, type Column, Table } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { Checkpoint } from '@/lib/integrity/list-checkpoints';

type CheckpointsCardProps = {
  checkpoints: readonly Checkpoint[];
  /** Events that no checkpoint covers yet. */
  unsigned: number;
  keyId: string;
  zone: string;
  sign: FormAction;
};

/** The signed ends of the log, the newest first, and the key that proves them. */
export function CheckpointsCard({ checkpoints, unsigned, keyId, zone, sign }: CheckpointsCardProps) {
  return (
    <Card aria-labelledby="checkpoints">
      <CardHeader
        icon={<Signature />}
        titleId="checkpoints"
        title="Checkpoints"
        description="The end of the log, signed at the latest an hour after an event and sent to Splunk with it."
        actions={
          <form action={sign}>
            <SubmitButton variant="secondary" icon={<PenLine />} pendingLabel="Signing…">
              Sign now
            </SubmitButton>
          </form>
        }
      />
      {checkpoints.length === 0 ? (
        <EmptyState icon={<Signature />} title="No checkpoint yet" level={3}>
          The first one is signed within an hour of the first event.
        </EmptyState>
      ) : (
        <>
          <p className="px-4.5 py-3 text-sm text-muted">{unsignedWords(unsigned)}</p>
          <Table
            caption="Checkpoints, the newest first"
            columns={columnsFor(zone)}
            rows={checkpoints}
            rowId={({ seq }) => seq}
          />
        </>
      )}
      <CardBody className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="font-medium">Public key</h3>
          <p className="text-sm text-muted">
            Ed25519; its private half is not in the database. SHA-256: <Code>{keyId}</Code>
          </p>
        </div>
        <Button href={`${integrityPath}/key`} download icon={<Download />}>
          Download key
        </Button>
      </CardBody>
    </Card>
  );
}

function unsignedWords(unsigned: number): string {
  if (unsigned === 0) return 'Every event is covered by a checkpoint.';
  const events = unsigned === 1 ? 'One event waits' : `${unsigned.toLocaleString('en')} events wait`;
  return `${events} for the next checkpoint, for an hour at most.`;
}

function columnsFor(zone: string): Column<Checkpoint>[] {
  return [
    {
      header: 'Covers',
      className: 'sm:w-40',
      cell: ({ eventId, coveredSeq }) => (
        <RowLink href={`${logPath}/${eventId}`}>up to No. {coveredSeq}</RowLink>
      ),
    },
    {
      header: 'Hash',
      className: 'max-sm:col-span-2 max-sm:row-start-2',
      cell: ({ hash }) => (
        <Code className="text-muted" title={hash}>
          {hash.slice(0, 16)}…
        </Code>
      ),
    },
    {
      header: 'Signature',
      className: 'max-sm:col-start-2 max-sm:row-start-1 sm:w-36',
      cell: ({ fault }) => (
        <>
          {fault === null ? <Status tone="ok">Right</Status> : <Status tone="bad">Wrong</Status>}
          {fault && <span className="block text-sm text-muted">{fault}</span>}
        </>
      ),
    },
    {
      header: 'Signed',
      className: 'max-sm:col-span-2 sm:w-56',
      cell: ({ signedAt, signedBy }) => (
        <>
          <CellLabel>Signed</CellLabel>
          <Time value={new Date(signedAt)} zone={zone} precision="minute" />
          {signedBy && <span className="text-sm text-muted sm:block"> asked for by {signedBy}</span>}
        </>
      ),
    },
  ];
}
