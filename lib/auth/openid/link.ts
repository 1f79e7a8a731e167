import { randomUUID } from 'node:crypto';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { type Actor, actorSource } from '@/lib/auth/actor-source';
import { admits, readMethods } from '@/lib/auth/methods';
import { type Claims, objectionTo } from '@/lib/auth/openid/claims';
import type { Connection } from '@/lib/auth/openid/connection';
import { connectionIdOf, connectionKey } from '@/lib/auth/openid/provider-ref';
import { Refused } from '@/lib/auth/openid/refused';
import { requireUnchanged } from '@/lib/auth/openid/require-unchanged';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';
import { lockOrganization } from '@/lib/organization/lock';

/**
 * Connects the person a provider vouches for with the account of whoever is signed in, and records `user.identity.link`.
 * Somebody who is connected with another account stays there; an account has one identity per connection. Records nothing
 * when they are connected already. Throws {@link Refused}.
 */
export async function linkIdentity(
  actor: Actor,
  connection: Connection,
  claims: Claims,
  request: RequestContext,
): Promise<void> {
  const { ref, organization } = connection;
  const { issuer, subject, email = '' } = claims;
  const objection = objectionTo(claims, connection.allowedDomains);
  if (objection) throw new Refused(objection, { email });
  const organizationId = organization.id;
  const key = connectionKey(ref);
  const user = { id: actor.user.id, name: actor.user.name };

  await withTransaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    await requireUnchanged(tx, connection);
    const entry = { method: ref.kind, role: actor.user.role, connectionId: connectionIdOf(ref) };
    if (!admits(await readMethods(organizationId, tx), entry)) throw new Refused('method_disabled', { user });

    const identity = { organizationId, connection: key, issuer, subject };
    const owner = await tx.identity.findUnique({
      where: { organizationId_connection_issuer_subject: identity },
      select: { userId: true },
    });
    if (owner?.userId === user.id) return;
    if (owner) throw new Refused('identity_taken', { user, email });
    const own = await tx.identity.findUnique({
      where: { userId_connection: { userId: user.id, connection: key } },
      select: { id: true, issuer: true },
    });
    if (own?.issuer === issuer) throw new Refused('connected_already', { user, email });
    // The connection has moved to another issuer since: what the old one called this person means nothing any more.
    if (own) await tx.identity.delete({ where: { id: own.id } });
    await tx.identity.create({ data: { ...identity, id: randomUUID(), userId: user.id, email } });
    recordAudit(tx, {
      ...actorSource(actor, auditContext(request)),
      action: 'user.identity.link',
      targets: [{ type: 'user', ...user }],
      metadata: { method: ref.kind, issuer },
    });
  });
}
