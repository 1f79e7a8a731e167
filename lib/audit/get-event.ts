import { z } from 'zod';
import { db } from '@/lib/db/client';
import { type AuditRecord, readRecord } from './columns';

export type StoredEvent = {
  seq: string;
  hash: string;
  /** The hash before this one: the previous event's, or where the chain begins. Absent when that row was removed. */
  previousHash?: string;
  /** The stored bytes, exactly as they were sealed. */
  raw: string;
  /** Read leniently: undefined when a row is damaged or of another version. Its raw record is still shown. */
  record?: AuditRecord;
};

/** One event of an organization by its id; undefined when it has none of that id, or the id is not one. */
export async function getAuditEvent(organizationId: string, id: string): Promise<StoredEvent | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const row = await db().auditEvent.findUnique({ where: { organizationId_id: { organizationId, id } } });
  if (!row) return undefined;
  const previous = await previousHash(organizationId, row.seq);
  const record = readRecord(row.record);
  return {
    seq: row.seq.toString(),
    hash: Buffer.from(row.hash).toString('hex'),
    ...(previous && { previousHash: previous }),
    raw: row.record,
    ...(record && { record }),
  };
}

async function previousHash(organizationId: string, seq: bigint): Promise<string | undefined> {
  const [before, head] = await Promise.all([
    db().auditEvent.findUnique({
      where: { organizationId_seq: { organizationId, seq: seq - 1n } },
      select: { hash: true },
    }),
    db().auditHead.findUnique({ where: { organizationId }, select: { anchorSeq: true, anchorHash: true } }),
  ]);
  const hash = before?.hash ?? (head?.anchorSeq === seq - 1n ? head.anchorHash : undefined);
  return hash && Buffer.from(hash).toString('hex');
}
