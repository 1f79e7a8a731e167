import { pool } from '@/lib/db/pool';
import { type EventOrigin, eventEncoder, type StoredEvent } from '@/lib/siem/splunk/envelope';

/** 512 KiB before compression: old receivers and Splunk Cloud are said to take 1 MB (hec.md §1.4). */
export const maxBatchBytes = 512 * 1024;

/** A record has 64 KiB at most, and what is put around it far less than another 8. */
const mostEventBytes = 72 * 1024;

/** Encoded events in seq order. */
export type Batch = {
  /** At least one. `end` is where the event ends within the body. */
  readonly events: readonly BatchEvent[];
  readonly body: Buffer;
};

export type BatchEvent = { readonly seq: bigint; readonly end: number; readonly occurredMs: number };

/** The next event is gone or cannot be encoded: somebody altered the table. Verification names it too. */
export type DamagedEvent = { readonly damaged: bigint };

export type BatchSource = {
  readonly organizationId: string;
  /** The last settled seq. */
  readonly cursor: bigint;
  readonly limit: number;
};

/** Arrays, because objects of six members cost a third more for each of the many rows. */
type Row = [
  seq: string,
  id: string | null,
  /** Milliseconds since 1970. */
  occurredMs: string,
  action: string,
  record: string | null,
  hash: string,
];

/**
 * The next events behind the cursor in seq order, encoded: at most `limit` of them and {@link maxBatchBytes} in all, but
 * at least one, which a record of 64 KiB always leaves room for. The same cursor gives the same bytes. Ends before an
 * event that is missing, so a receipt never covers one that was not sent. To be called only while the log's head is
 * beyond the cursor. Reads hardly more from the database than it sends.
 */
export async function readBatch(source: BatchSource, origin: EventOrigin): Promise<Batch | DamagedEvent> {
  const { organizationId, cursor, limit } = source;
  // On the pool itself: Prisma would take three times the processor time for the rows.
  const { rows } = await pool().query<Row>({
    name: 'siem batch',
    rowMode: 'array',
    text: bounded(`
      SELECT seq, id, occurred_at, action, record, hash
        FROM audit_event WHERE organization_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`),
    values: [organizationId, cursor.toString(), limit],
  });
  let expected = cursor;
  const batch = encodeRows(rows, origin, (seq) => {
    expected += 1n;
    return seq === expected;
  });
  return batch ?? { damaged: cursor + 1n };
}

/** The parked events that an admin wants to be tried again, encoded like {@link readBatch}'s; undefined for none. */
export async function readRetrying(
  { organizationId, limit }: Omit<BatchSource, 'cursor'>,
  integrationId: string,
  origin: EventOrigin,
): Promise<Batch | DamagedEvent | undefined> {
  const { rows } = await pool().query<Row>({
    rowMode: 'array',
    text: bounded(`
      SELECT p.seq, e.id, e.occurred_at, e.action, e.record, e.hash
        FROM siem_parked p LEFT JOIN audit_event e ON e.organization_id = $1 AND e.seq = p.seq
       WHERE p.integration_id = $2 AND p.state = 'retrying' ORDER BY p.seq LIMIT $3`),
    values: [organizationId, integrationId, limit],
  });
  const [first] = rows;
  return first && (encodeRows(rows, origin, () => true) ?? { damaged: BigInt(first[0]) });
}

/** The rows of a query in seq order, as far as their records fit into a body. */
function bounded(rows: string): string {
  return `
    SELECT seq, id, (extract(epoch FROM occurred_at) * 1000)::bigint, action, record, encode(hash, 'hex')
      FROM (SELECT r.*, sum(octet_length(coalesce(record, ''))) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS running
              FROM (${rows}) AS r) AS counted
     WHERE running <= ${maxBatchBytes}
     ORDER BY seq`;
}

/** As many rows as are due, whole and within {@link maxBatchBytes}; undefined when the first is not. */
function encodeRows(
  rows: readonly Row[],
  origin: EventOrigin,
  isDue: (seq: bigint) => boolean,
): Batch | undefined {
  const encode = eventEncoder(origin);
  const events: BatchEvent[] = [];
  const body = Buffer.allocUnsafe(Math.min(maxBatchBytes, rows.length * mostEventBytes));
  let end = 0;
  for (const [number, id, occurred, action, record, hash] of rows) {
    const seq = BigInt(number);
    const occurredMs = Number(occurred);
    const whole = isDue(seq) && id !== null && record !== null;
    const text = whole ? tryEncode(encode, { seq, id, occurredMs, action, record, hash }) : undefined;
    if (text === undefined) break;
    // A character takes three bytes at most: only near the end of the body must they be counted first.
    if (text.length * 3 > body.length - end && Buffer.byteLength(text) > body.length - end) break;
    end += body.write(text, end);
    events.push({ seq, end, occurredMs });
  }
  return events.length > 0 ? { events, body: body.subarray(0, end) } : undefined;
}

function tryEncode(encode: ReturnType<typeof eventEncoder>, event: StoredEvent): string | undefined {
  try {
    return encode(event);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
