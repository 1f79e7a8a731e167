import { UserError } from '@/lib/action/user-error';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { type Actor, actorSource } from '@/lib/auth/actor-source';
import { readMethods } from '@/lib/auth/methods';
import { connectionIdOf, providerName } from '@/lib/auth/openid/provider-ref';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';
import { canSignIn, isGoodFor, type OpenProvider, openProviders } from '@/lib/auth/ways-in';
import { db } from '@/lib/db/client';
import { lockOrganization } from '@/lib/organization/lock';

/** An identity provider that the organization has switched on, and who the person is there. */
export type OwnProvider = {
  /** As it stands in addresses: lib/auth/openid/provider-ref.ts. */
  readonly provider: string;
  readonly name: string;
  /** Undefined while they are not connected. */
  readonly identity:
    | {
        readonly id: string;
        readonly email: string;
        readonly createdAt: Date;
        readonly lastUsedAt: Date | null;
      }
    | undefined;
};

/** The identity providers through which somebody can sign in, or could once they are connected. */
export async function listOwnProviders({ user, organization }: Actor): Promise<OwnProvider[]> {
  const methods = await readMethods(organization.id);
  const identities = await db().identity.findMany({
    where: { userId: user.id, organizationId: organization.id },
    select: { id: true, email: true, createdAt: true, lastUsedAt: true, connection: true, issuer: true },
  });
  return openProviders(methods).map((provider) => {
    const found = identities.find((identity) => isGoodFor(provider, identity));
    return { provider: providerName(provider.ref), name: provider.name, identity: found };
  });
}

/**
 * Ends the connection with an identity provider, and the person's other sessions that began through it, and records
 * `user.identity.unlink`. Somebody else's identity is none. Throws a UserError when it is the only way to sign in.
 */
export async function unlinkIdentity(actor: Actor, id: string, request: RequestContext): Promise<void> {
  await withTransaction(async (tx) => {
    await lockOrganization(tx, actor.organization.id);
    const methods = await readMethods(actor.organization.id, tx);
    const user = await tx.user.findUniqueOrThrow({
      where: { id: actor.user.id },
      select: { role: true, passwordHash: true, identities: true },
    });
    const identity = user.identities.find((own) => own.id === id);
    const provider = openProviders(methods).find((open) => identity && isGoodFor(open, identity));
    // Disconnected in another tab, or a provider that has been switched off: there is nothing to press any more.
    if (!identity || !provider) return;
    const others = user.identities.filter((own) => own.id !== id);
    if (!canSignIn({ ...user, identities: others }, methods)) throw onlyWay;
    await tx.identity.delete({ where: { id } });
    await endSessionsThrough(tx, actor, provider);
    recordAudit(tx, {
      ...actorSource(actor, auditContext(request)),
      action: 'user.identity.unlink',
      targets: [{ type: 'user', id: actor.user.id, name: actor.user.name }],
      metadata: { method: provider.ref.kind, issuer: identity.issuer },
    });
  });
}

const onlyWay = new UserError('This is your only way to sign in, so it stays connected.', {
  hint: 'Connect another provider first.',
});

async function endSessionsThrough(tx: Tx, actor: Actor, { ref }: OpenProvider): Promise<void> {
  await tx.session.updateMany({
    where: {
      userId: actor.user.id,
      method: ref.kind,
      connectionId: connectionIdOf(ref) ?? null,
      id: { not: actor.sessionId },
      revokedAt: null,
    },
    data: { revokedAt: new Date() },
  });
}
