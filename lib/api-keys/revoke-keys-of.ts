import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import type { Tx } from '@/lib/audit/transaction';

/**
 * Revokes every API key that a person of the source's organization made, in the caller's transaction, each with its own
 * `api-key.delete`. Returns how many there were.
 */
export async function revokeKeysOf(tx: Tx, source: AuditSource, userId: string): Promise<number> {
  const keys = await tx.apiKey.updateManyAndReturn({
    where: { organizationId: source.organization.id, createdById: userId, revokedAt: null },
    data: { revokedAt: new Date() },
    select: { id: true, name: true, prefix: true },
  });
  for (const { id, name, prefix } of keys) {
    recordAudit(tx, {
      ...source,
      action: 'api-key.delete',
      targets: [{ type: 'api_key', id, name }],
      metadata: { prefix },
    });
  }
  return keys.length;
}
