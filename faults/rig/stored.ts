import { createHash } from 'node:crypto';
import type { Customer } from '@/faults/rig/customer';
import { db } from '@/lib/db/client';
import { eventOrigin } from '@/lib/siem/delivery/origin';
import { encodeEvent } from '@/lib/siem/splunk/envelope';

/** An event of the log, as Splunk has to have it. */
export type StoredEvent = {
  readonly seq: bigint;
  readonly id: string;
  readonly action: string;
  readonly record: string;
  /** Digest of the bytes that Splunk has to receive for an index, as the simulator's ledger writes it. */
  digest(index: string | null): string;
};

type Row = { seq: bigint; id: string; occurredAt: Date; action: string; record: string; hash: string };

/** What the integration has to deliver, in the order of the log. */
export async function storedEvents({ source, id }: Customer): Promise<StoredEvent[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT e.seq, e.id, e.occurred_at AS "occurredAt", e.action, e.record, encode(e.hash, 'hex') AS hash
      FROM audit_event e JOIN siem_stream s ON s.organization_id = e.organization_id
     WHERE s.integration_id = ${id}::uuid AND e.seq > s.start_seq ORDER BY e.seq`;
  return rows.map((row) => ({
    seq: row.seq,
    id: row.id,
    action: row.action,
    record: row.record,
    digest: (index) =>
      createHash('sha256')
        .update(
          encodeEvent(
            { ...row, occurredMs: row.occurredAt.getTime() },
            eventOrigin(source.organization.slug, index),
          ),
        )
        .digest('base64url'),
  }));
}
