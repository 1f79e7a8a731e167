import { type PublicKeys, signatureFault } from '@/lib/crypto/signing-key';
import { auditLogEvents } from './catalog/audit-log';
import type { AuditRecord } from './columns';
import { checkpointText } from './signed-text';

const words = {
  forged: 'the signature of the checkpoint is not that of its key',
  'unknown key': 'the checkpoint is signed with a key that is not known here',
};

/**
 * What is wrong with a checkpoint, or undefined; other events have nothing to be wrong. One that was taken from elsewhere
 * in the log, or from another, does not name the place before it.
 */
export function checkpointFault(
  record: AuditRecord,
  { seq, hash }: { seq: bigint; hash: string },
  keys: PublicKeys,
): string | undefined {
  if (record.action !== 'audit_log.checkpoint') return undefined;
  const parsed = auditLogEvents['audit_log.checkpoint'].metadata.safeParse(record.metadata);
  if (!parsed.success) return 'the checkpoint does not say what it signs';
  const { key_id: keyId, signature, ...place } = parsed.data;
  if (place.seq !== seq.toString() || place.hash !== hash)
    return 'the checkpoint is that of another place in the log';
  const fault = signatureFault(keys, checkpointText({ ...place, organizationId: record.organization.id }), {
    keyId,
    signature,
  });
  return fault && words[fault];
}
