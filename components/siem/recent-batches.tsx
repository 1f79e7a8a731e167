import { Card, CardHeader } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { IntegrationStatus } from '@/lib/siem/status';

/** The last batches that Splunk accepted, newest first. */
export function RecentBatches({ receipts, zone }: { receipts: IntegrationStatus['receipts']; zone: string }) {
  return (
    <Card aria-labelledby="batches">
      <CardHeader
        titleId="batches"
        title="Recent batches"
        description="Each line is one request that Splunk accepted."
      />
      {receipts.length === 0 ? (
        <p className="px-4.5 py-4 text-muted">No batch has been delivered yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {receipts.map((receipt) => (
            <li key={receipt.lastSeq} className="flex flex-wrap gap-x-5 gap-y-1 px-4.5 py-2.5">
              <Time
                value={new Date(receipt.deliveredAt)}
                zone={zone}
                precision="millisecond"
                className="font-mono text-sm"
              />
              <span>
                {receipt.events === 1
                  ? `No. ${receipt.lastSeq}`
                  : `No. ${receipt.firstSeq} to ${receipt.lastSeq}`}
              </span>
              <span className="text-muted">
                HTTP {receipt.httpStatus}
                {receipt.hecCode === null ? '' : `, code ${receipt.hecCode}`} in {receipt.latencyMs} ms
                {receipt.attempts > 1 ? `, attempt ${receipt.attempts}` : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
