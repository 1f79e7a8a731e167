import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { type Actor, actorSource } from '@/lib/auth/actor-source';
import type { Connection } from '@/lib/auth/openid/connection';
import { connectionIdOf } from '@/lib/auth/openid/provider-ref';
import { requireUnchanged } from '@/lib/auth/openid/require-unchanged';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';
import { lockOrganization } from '@/lib/organization/lock';

/**
 * Notes that an admin came back from the provider with the connection's present settings, which is what enabling it asks
 * for, and records it. No session and no account is touched. Throws Refused when the settings changed meanwhile.
 */
export async function passTest(actor: Actor, connection: Connection, request: RequestContext): Promise<void> {
  await withTransaction(async (tx) => {
    await lockOrganization(tx, connection.organization.id);
    await requireUnchanged(tx, connection);
    await tx.oidcConnection.update({
      where: { organizationId: connection.organization.id },
      data: { testedVersion: connection.version, testedAt: new Date() },
    });
    record(tx, actor, connection, request, 'success');
  });
}

/** Records that a test came to nothing. */
export async function failTest(actor: Actor, connection: Connection, request: RequestContext): Promise<void> {
  await withTransaction(async (tx) => record(tx, actor, connection, request, 'failure'));
}

function record(
  tx: Tx,
  actor: Actor,
  { ref, name }: Connection,
  request: RequestContext,
  outcome: 'success' | 'failure',
): void {
  recordAudit(tx, {
    ...actorSource(actor, auditContext(request)),
    action: 'organization.auth.oidc.test',
    outcome,
    targets: [{ type: 'identity_provider', id: connectionIdOf(ref), name }],
    metadata: {},
  });
}
