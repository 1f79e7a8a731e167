import { db } from '@/lib/db/client';

/**
 * What the log says to an event that somebody else has: `same`, another hash (`different`), the log `ends_before` it, or
 * it was `deleted` by retention.
 */
export type Comparison = 'same' | 'different' | 'ends_before' | 'deleted';

/** Compares an event's hash with the one that Splunk, an export or a checkpoint has for the same number. */
export async function compareWithCopy(
  organizationId: string,
  { seq, hash }: { seq: bigint; hash: string },
): Promise<Comparison> {
  const [row] = await db().$queryRaw<{ head: bigint; anchor: bigint; hash: string | null }[]>`
    SELECT h.seq AS head, h.anchor_seq AS anchor,
           CASE WHEN h.anchor_seq = ${seq} THEN encode(h.anchor_hash, 'hex') ELSE (
             SELECT encode(e.hash, 'hex') FROM audit_event e
              WHERE e.organization_id = h.organization_id AND e.seq = ${seq}) END AS hash
      FROM audit_head h WHERE h.organization_id = ${organizationId}::uuid`;
  if (!row) throw new Error('the organization has no audit chain');
  if (row.hash !== null) return row.hash === hash.toLowerCase() ? 'same' : 'different';
  if (seq > row.head) return 'ends_before';
  return seq <= row.anchor ? 'deleted' : 'different';
}
