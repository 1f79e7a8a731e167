import { db } from '@/lib/db/client';
import { type EventOrigin, encodeEvent } from '@/lib/siem/splunk/envelope';

/** 512 KiB before compression: old receivers and Splunk Cloud are said to take 1 MB (hec.md §1.4). */
export const maxBatchBytes = 512 * 1024;

/** Encoded events in seq order, without a gap. */
export type Batch = {
  /** At least one. `end` is where the event ends within the body. */
  readonly events: readonly { readonly seq: bigint; readonly end: number }[];
  readonly body: Buffer;
};

/** The next event is gone or cannot be encoded: somebody altered the table. Verification names it too. */
export type DamagedEvent = { readonly damaged: bigint };

export type BatchSource = {
  readonly organizationId: string;
  readonly organizationSlug: string;
  /** The last settled seq. */
  readonly cursor: bigint;
  readonly limit: number;
};

type Row = { seq: bigint; id: string; occurredAt: Date; action: string; record: string; hash: Uint8Array };

/**
 * The next events behind the cursor in seq order, encoded: at most `limit` of them and {@link maxBatchBytes} in all, but
 * at least one, which a record of 64 KiB always leaves room for. The same cursor gives the same bytes. Ends before an
 * event that is missing, so a receipt never covers one that was not sent. To be called only while the log's head is
 * beyond the cursor. Reads hardly more from the database than it sends.
 */
export async function readBatch(
  { organizationId, organizationSlug, cursor, limit }: BatchSource,
  origin: EventOrigin,
): Promise<Batch | DamagedEvent> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT seq, id, occurred_at AS "occurredAt", action, record, hash
      FROM (SELECT e.*, sum(octet_length(record)) OVER (ORDER BY seq) AS running
              FROM (SELECT * FROM audit_event
                     WHERE organization_id = ${organizationId}::uuid AND seq > ${cursor}
                     ORDER BY seq LIMIT ${limit}) AS e) AS counted
     WHERE running <= ${maxBatchBytes}
     ORDER BY seq`;
  const events: { seq: bigint; end: number }[] = [];
  const parts: Buffer[] = [];
  let bytes = 0;
  let expected = cursor;
  for (const row of rows) {
    expected += 1n;
    const part = row.seq === expected ? encode({ ...row, organizationSlug }, origin) : undefined;
    if (!part) break;
    if (bytes > 0 && bytes + part.length > maxBatchBytes) break;
    bytes += part.length;
    parts.push(part);
    events.push({ seq: row.seq, end: bytes });
  }
  return events.length > 0 ? { events, body: Buffer.concat(parts, bytes) } : { damaged: cursor + 1n };
}

function encode(event: Parameters<typeof encodeEvent>[0], origin: EventOrigin): Buffer | undefined {
  try {
    return encodeEvent(event, origin);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
