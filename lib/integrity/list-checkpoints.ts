import { auditLogEvents } from '@/lib/audit/catalog/audit-log';
import { checkpointFault } from '@/lib/audit/checkpoint-fault';
import { readRecord } from '@/lib/audit/columns';
import { knownKeys } from '@/lib/crypto/signing-key';
import { db } from '@/lib/db/client';

/** A checkpoint of the log; plain data. */
export type Checkpoint = {
  readonly eventId: string;
  /** Its own number; it covers everything before. */
  readonly seq: string;
  readonly coveredSeq: string;
  readonly hash: string;
  readonly signedAt: string;
  /** Who asked for it; null for one that came by itself. */
  readonly signedBy: string | null;
  /** What is wrong with it; null when the signature is that of a known key. */
  readonly fault: string | null;
};

/** The newest checkpoints of an organization, newest first. Each signature is checked. */
export async function listCheckpoints(organizationId: string, most = 10): Promise<Checkpoint[]> {
  const rows = await db().auditEvent.findMany({
    where: { organizationId, action: 'audit_log.checkpoint' },
    orderBy: { seq: 'desc' },
    take: most,
    select: { id: true, seq: true, record: true, actorName: true },
  });
  const keys = knownKeys();
  return rows.map(({ id, seq, record: stored, actorName }) => {
    const record = readRecord(stored);
    const { data } = auditLogEvents['audit_log.checkpoint'].metadata.safeParse(record?.metadata);
    const place = { eventId: id, seq: seq.toString(), signedBy: actorName };
    if (!record || !data) {
      const fault = 'the checkpoint does not say what it signs';
      return { ...place, coveredSeq: '', hash: '', signedAt: record?.time ?? '', fault };
    }
    const fault = checkpointFault(record, { seq: seq - 1n, hash: data.hash }, keys) ?? null;
    return { ...place, coveredSeq: data.seq, hash: data.hash, signedAt: data.time, fault };
  });
}

/** Since when an event has been waiting for a checkpoint behind it, and how many do; undefined when all are covered. */
export async function unsignedEvents(organizationId: string): Promise<number> {
  const [row] = await db().$queryRaw<{ waiting: bigint }[]>`
    SELECT h.seq - greatest(h.anchor_seq, coalesce((
             SELECT max(seq) FROM audit_event
              WHERE organization_id = h.organization_id AND action = 'audit_log.checkpoint'), 0)) AS waiting
      FROM audit_head h WHERE h.organization_id = ${organizationId}::uuid`;
  return Number(row?.waiting ?? 0n);
}
