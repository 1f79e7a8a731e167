import { z } from 'zod';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';

/**
 * Revokes a key: the next call with it is refused. Records `api-key.delete` in the same transaction. False when the
 * organization has no such key, or it was revoked before; then nothing is recorded.
 */
export async function revokeApiKey(source: AuditSource, id: string): Promise<boolean> {
  if (!z.uuid().safeParse(id).success) return false;
  return withTransaction(async (tx) => {
    const [revoked] = await tx.apiKey.updateManyAndReturn({
      where: { id, organizationId: source.organization.id, revokedAt: null },
      data: { revokedAt: new Date() },
      select: { name: true, prefix: true },
    });
    if (!revoked) return false;
    recordAudit(tx, {
      ...source,
      action: 'api-key.delete',
      targets: [{ type: 'api_key', id, name: revoked.name }],
      metadata: { prefix: revoked.prefix },
    });
    return true;
  });
}
