import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { checkpointText } from '@/lib/audit/signed-text';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { signText } from '@/lib/crypto/signing-key';
import { db } from '@/lib/db/client';
import { forEachOrganization } from '@/lib/integrity/for-each-organization';
import { logTarget } from '@/lib/integrity/log-target';

/** An event waits at most an hour for a checkpoint behind it; this leaves time for two looks. */
const longestWait = '58 minutes';

/**
 * Signs the end of the organization's log now, as an event of the log itself. False when nothing was signed because the
 * last event is a checkpoint (one that covers nothing but another proves nothing), or there is none.
 */
export function signCheckpoint(source: AuditSource): Promise<boolean> {
  return signIf(source, async () => true);
}

/**
 * Signs a checkpoint for each organization in which an event has waited for one for nearly an hour; where nothing happens
 * there is none. Safe in any number of processes at once: the end of the log is locked, and who comes second finds nothing.
 * Where it fails for one, the others get theirs, and it throws then.
 */
export async function signDueCheckpoints(signal?: AbortSignal): Promise<void> {
  const organizations = await db().$queryRaw<AuditSource['organization'][]>`
    SELECT o.id, o.slug, o.name FROM organization o
     WHERE audit_unsigned_since(o.id) <= clock_timestamp() - ${longestWait}::interval
     ORDER BY o.id`;
  const sign = (organization: AuditSource['organization']) =>
    signIf({ organization, actor: { type: 'system' }, context: { origin: 'system' } }, (tx) =>
      isDue(tx, organization.id),
    );
  await forEachOrganization(organizations, sign, signal);
}

async function isDue(tx: Tx, organizationId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ due: boolean }[]>`
    SELECT audit_unsigned_since(${organizationId}::uuid) <= clock_timestamp() - ${longestWait}::interval AS due`;
  return row?.due === true;
}

async function signIf(source: AuditSource, wanted: (tx: Tx) => Promise<boolean>): Promise<boolean> {
  const { organization } = source;
  return withTransaction(async (tx) => {
    // By itself: a statement that had to wait for the lock still reads the other tables as they were before.
    await tx.$queryRaw`SELECT 1 FROM audit_head WHERE organization_id = ${organization.id}::uuid FOR UPDATE`;
    const [end] = await tx.$queryRaw<{ seq: bigint; hash: string; time: Date; last: string | null }[]>`
      SELECT h.seq, encode(h.hash, 'hex') AS hash, date_trunc('milliseconds', clock_timestamp()) AS time,
             (SELECT action FROM audit_event WHERE organization_id = h.organization_id AND seq = h.seq) AS last
        FROM audit_head h WHERE h.organization_id = ${organization.id}::uuid`;
    if (!end || end.last === null || end.last === 'audit_log.checkpoint' || !(await wanted(tx))) return false;
    const place = { seq: end.seq.toString(), hash: end.hash, time: end.time.toISOString() };
    const { keyId, signature } = signText(checkpointText({ ...place, organizationId: organization.id }));
    recordAudit(tx, {
      ...source,
      action: 'audit_log.checkpoint',
      targets: [logTarget(organization)],
      metadata: { ...place, key_id: keyId, signature },
    });
    return true;
  });
}
