import Link from 'next/link';
import { logPath } from '@/components/audit/log-href';
import { Code } from '@/components/ui/code';
import { Time } from '@/components/ui/time';
import { readRecord } from '@/lib/audit/columns';
import { auditSentence } from '@/lib/audit/sentence';
import type { ParkedEvent } from '@/lib/siem/parked/list-parked';

/** What happened, in a sentence that leads to the event in the audit log. */
export function ParkedSentence({ parked: { seq, event }, zone }: { parked: ParkedEvent; zone: string }) {
  const record = event && readRecord(event.record);
  return (
    <div className="min-w-0">
      {event ? (
        <Link
          prefetch={false}
          href={`${logPath}/${event.id}`}
          className="font-medium [overflow-wrap:anywhere] underline-offset-4 hover:underline"
        >
          {record ? auditSentence({ ...record, target: record.targets[0] }) : event.action}
        </Link>
      ) : (
        <span className="font-medium">The event is gone from the audit log</span>
      )}
      <span className="block text-sm text-muted">
        No. {seq}
        {event && (
          <>
            , <Code>{event.action}</Code>, <Time value={new Date(event.occurredAt)} zone={zone} />
          </>
        )}
      </span>
    </div>
  );
}

/** Why it is not in Splunk: its words, and the codes of its answer. */
export function Refusal({ parked: { reason, httpStatus, hecCode } }: { parked: ParkedEvent }) {
  return (
    <div className="min-w-0">
      <span className="[overflow-wrap:anywhere]">{reason}</span>
      {httpStatus > 0 && (
        <span className="block text-sm text-muted">
          HTTP {httpStatus}
          {hecCode !== null && `, code ${hecCode}`}
        </span>
      )}
    </div>
  );
}
