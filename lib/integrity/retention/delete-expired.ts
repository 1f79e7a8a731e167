import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { anchorText } from '@/lib/audit/signed-text';
import { withTransaction } from '@/lib/audit/transaction';
import { signText } from '@/lib/crypto/signing-key';
import { db } from '@/lib/db/client';
import { forEachOrganization } from '@/lib/integrity/for-each-organization';
import { logTarget } from '@/lib/integrity/log-target';

/** Events deleted in one transaction, which keeps the organization's writers waiting for its length. */
const usualStep = 5_000;

type Expired = { last: bigint; anchor: bigint; days: number; hash: string; time: Date };

/**
 * Deletes what every organization's retention lets go and all of its integrations are done with, in steps: each stores the
 * signed hash of the last event that goes, deletes, and records that, or does nothing of it. Safe in any number of processes at
 * once, and to be broken off anywhere. Ends when nothing is left or `signal` aborts. Where it fails for one organization, it goes on with the others and throws then.
 */
export async function deleteExpired(signal?: AbortSignal, step = usualStep): Promise<void> {
  const organizations = await db().$queryRaw<AuditSource['organization'][]>`
    SELECT o.id, o.slug, o.name FROM organization o JOIN audit_head h ON h.organization_id = o.id
     WHERE o.retention_days IS NOT NULL
       AND least(audit_expired(o.id, o.retention_days), audit_settled(o.id)) > h.anchor_seq
     ORDER BY o.id`;
  const deleteAll = async (organization: AuditSource['organization']) => {
    while (!signal?.aborted && (await deleteStep(organization, step)));
  };
  await forEachOrganization(organizations, deleteAll, signal);
}

/** False when there is nothing to delete any more. */
async function deleteStep(organization: AuditSource['organization'], step: number): Promise<boolean> {
  return withTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM audit_head WHERE organization_id = ${organization.id}::uuid FOR UPDATE`;
    const [expired] = await tx.$queryRaw<Expired[]>`
      SELECT e.seq AS last, h.anchor_seq AS anchor, o.retention_days AS days, encode(e.hash, 'hex') AS hash,
             date_trunc('milliseconds', clock_timestamp()) AS time
        FROM organization o
        JOIN audit_head h ON h.organization_id = o.id
        JOIN audit_event e ON e.organization_id = o.id
         AND e.seq = least(audit_expired(o.id, o.retention_days), audit_settled(o.id), h.anchor_seq + ${step})
       WHERE o.id = ${organization.id}::uuid AND o.retention_days IS NOT NULL AND e.seq > h.anchor_seq`;
    if (!expired) return false;
    const { last, anchor, days, hash, time } = expired;
    const place = { seq: last.toString(), hash, time: time.toISOString() };
    const { keyId, signature } = signText(anchorText({ ...place, organizationId: organization.id }));
    await tx.$executeRaw`SELECT audit_delete_until(${organization.id}::uuid, ${last}, ${time}, ${keyId}, ${signature})`;
    recordAudit(tx, {
      organization,
      actor: { type: 'system' },
      context: { origin: 'system' },
      action: 'audit_log.delete',
      targets: [logTarget(organization)],
      metadata: {
        first_seq: (anchor + 1n).toString(),
        last_seq: place.seq,
        events: (last - anchor).toString(),
        retention_days: days,
        hash,
        time: place.time,
        key_id: keyId,
        signature,
      },
    });
    return true;
  });
}
