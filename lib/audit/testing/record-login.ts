import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';

/** Records sign-ins of the source's actor, in one transaction. */
export function recordLogin(source: AuditSource, events = 1): Promise<void> {
  return withTransaction(async (tx) => {
    for (let n = 0; n < events; n++) {
      recordAudit(tx, {
        ...source,
        action: 'user.login',
        targets: [{ type: 'user', id: source.actor.id, name: source.actor.name }],
        metadata: { method: 'email' },
      });
    }
  });
}
