import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { readMethods } from '@/lib/auth/methods';
import { connectionKey } from '@/lib/auth/openid/provider-ref';
import { endSessionsBy } from '@/lib/authentication/end-sessions';
import { recordDisabled } from '@/lib/authentication/switch-method';
import { requireWayIn } from '@/lib/authentication/way-in';
import { lockOrganization } from '@/lib/organization/lock';

/**
 * Deletes the connection with the identities it vouched for, ends the sessions that began through it, and records
 * `organization.auth.oidc.delete`, before it `…disable` if it was on. People and their accounts stay. `name` confirms
 * which one is meant. Throws a UserError when the name is another one, and when nobody could sign in any more.
 */
export async function deleteOidc(source: AuditSource, id: string, name: string): Promise<void> {
  await withTransaction(async (tx) => {
    const organizationId = source.organization.id;
    await lockOrganization(tx, organizationId);
    const row = await tx.oidcConnection.findUnique({ where: { organizationId, id } });
    // Somebody else was faster: it is what was asked for.
    if (!row) return;
    if (name.trim() !== row.name) {
      throw new UserError(`Type ${row.name} to confirm`, {
        field: 'confirmation',
        hint: 'Capital letters count.',
      });
    }
    if (row.enabled) {
      await requireWayIn(tx, organizationId, {
        ...(await readMethods(organizationId, tx)),
        oidc: undefined,
      });
    }
    const ended = await endSessionsBy(tx, source, 'oidc', row.id);
    if (row.enabled) recordDisabled(tx, source, 'oidc', row, ended);
    const connection = connectionKey({ kind: 'oidc', connectionId: row.id });
    await tx.identity.deleteMany({ where: { organizationId, connection } });
    await tx.oidcConnection.delete({ where: { organizationId } });
    recordAudit(tx, {
      ...source,
      action: 'organization.auth.oidc.delete',
      targets: [{ type: 'identity_provider', id: row.id, name: row.name }],
      changes: row.enabled ? [] : ended,
      metadata: {},
    });
  });
}
