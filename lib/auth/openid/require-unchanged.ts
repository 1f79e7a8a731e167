import type { Tx } from '@/lib/audit/transaction';
import type { Connection } from '@/lib/auth/openid/connection';
import { Refused } from '@/lib/auth/openid/refused';

/**
 * Throws {@link Refused} when the connection was changed or deleted since it was read: what the provider said was said
 * under other settings. Call it while holding the organization's lock.
 */
export async function requireUnchanged(tx: Tx, { ref, version }: Connection): Promise<void> {
  if (ref.kind === 'google') return;
  const row = await tx.oidcConnection.findUnique({
    where: { id: ref.connectionId },
    select: { version: true },
  });
  if (row?.version !== version) throw new Refused('settings_changed');
}
