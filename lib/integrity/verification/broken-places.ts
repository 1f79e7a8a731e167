import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';

/** A place where the log does not agree with itself; plain data. */
export type BrokenPlace = { readonly seq: string; readonly reason: string };

/**
 * Holds for a verification `v` that found the log broken, until a later one has a verdict on at least the same range. What
 * retention has deleted meanwhile nobody can verify any more, and need not.
 */
export const stillBroken = Prisma.sql`
  v.state = 'broken' AND NOT EXISTS (
    SELECT FROM audit_verification later JOIN audit_head h ON h.organization_id = later.organization_id
     WHERE later.organization_id = v.organization_id AND later.state IN ('intact', 'broken')
       AND (later.created_at, later.id) > (v.created_at, v.id)
       AND later.first_seq <= greatest(v.first_seq, h.anchor_seq + 1) AND later.last_seq >= v.last_seq)`;

/** Where verifications found an organization's log broken and none has found it intact since, the first place first. */
export function listBrokenPlaces(organizationId: string): Promise<BrokenPlace[]> {
  return db().$queryRaw<BrokenPlace[]>`
    SELECT DISTINCT ON (v.fault_seq) v.fault_seq::text AS seq, v.reason FROM audit_verification v
     WHERE v.organization_id = ${organizationId}::uuid AND ${stillBroken}
     ORDER BY v.fault_seq, v.created_at DESC`;
}
