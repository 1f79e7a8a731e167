import { db } from '@/lib/db/client';
import { formatCursor } from './cursor';
import type { AuditFilter } from './filter/audit-filter';
import { filterDigest } from './filter/filter-digest';
import { listAuditEvents } from './query/list-events';

/** An event as it was sealed: the stored bytes, and their place in the chain. */
export type SealedEvent = { seq: string; hash: string; raw: string };

export type SealedPage = {
  events: SealedEvent[];
  /** Where the next page of older events begins; absent on the last one. */
  older?: string;
  /** Where events begin that are newer than these. Always there: keep it, and ask again later for what happened since. */
  newer: string;
  cursorRefused: boolean;
};

/** A page of an organization's events with their records, found and ordered as {@link listAuditEvents} does. */
export async function listSealedEvents(
  organizationId: string,
  filter: AuditFilter,
  position: { size: number; cursor?: string | undefined },
): Promise<SealedPage> {
  const { rows, older, newer, cursorRefused } = await listAuditEvents(organizationId, filter, position);
  const seqs = rows.map(({ seq }) => BigInt(seq));
  const stored = await db().auditEvent.findMany({
    where: { organizationId, seq: { in: seqs } },
    select: { seq: true, hash: true, record: true },
    orderBy: { seq: 'desc' },
  });
  const events = stored.map(({ seq, hash, record }) => ({
    seq: seq.toString(),
    hash: Buffer.from(hash).toString('hex'),
    raw: record,
  }));
  const end = () => formatCursor({ direction: 'newer', seq: seqs[0] ?? 0n }, filterDigest(filter));
  // Nothing newer than a cursor yet: the cursor stays where it was.
  const waiting = rows.length === 0 && !cursorRefused ? position.cursor : undefined;
  return { events, ...(older !== undefined && { older }), newer: newer ?? waiting ?? end(), cursorRefused };
}

/**
 * One event as JSON in the form that Splunk receives, too: the record with `seq` and `hash` before it. The stored bytes
 * are spliced in as they are. Throws a RangeError for a record that is not a JSON object.
 */
export function sealedJson({ seq, hash, raw }: SealedEvent): string {
  if (!raw.startsWith('{"') || !raw.endsWith('}'))
    throw new RangeError(`The record of event ${seq} is damaged`);
  return `{"seq":${seq},"hash":"${hash}",${raw.slice(1)}`;
}
