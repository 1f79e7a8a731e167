import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { MethodDisabledError } from '@/lib/auth/methods';
import { type Claims, objectionTo } from '@/lib/auth/openid/claims';
import type { Connection } from '@/lib/auth/openid/connection';
import { join } from '@/lib/auth/openid/join';
import { connectionIdOf, connectionKey } from '@/lib/auth/openid/provider-ref';
import { Refused } from '@/lib/auth/openid/refused';
import { requireUnchanged } from '@/lib/auth/openid/require-unchanged';
import type { RequestContext } from '@/lib/auth/request-context';
import { beginSession } from '@/lib/auth/session';
import { lockOrganization } from '@/lib/organization/lock';

type Browser = { readonly request: RequestContext; readonly previousToken: string | undefined };

/**
 * Lets somebody in whom a provider vouches for, or throws {@link Refused}. Who it is, is decided by (connection, issuer,
 * subject) alone; an account is never found by its e-mail address (docs/decisions/0010). Somebody new joins as far as the
 * connection allows it. All in one transaction: account, invitation, identity, session and their events, or none of them.
 * Returns the session's token.
 */
export async function admit(
  connection: Connection,
  claims: Claims,
  { request, previousToken }: Browser,
): Promise<string> {
  const { ref, organization } = connection;
  const objection = objectionTo(claims, connection.allowedDomains);
  if (objection) throw new Refused(objection, { email: claims.email });
  try {
    return await withTransaction(async (tx) => {
      await lockOrganization(tx, organization.id);
      await requireUnchanged(tx, connection);
      const userId =
        (await recognize(tx, connection, claims)) ?? (await join(tx, connection, claims, request));
      const connectionId = connectionIdOf(ref);
      return beginSession(tx, { userId, method: ref.kind, connectionId, request, previousToken });
    });
  } catch (error) {
    if (error instanceof MethodDisabledError) throw new Refused('method_disabled', { email: claims.email });
    throw error;
  }
}

/** The account that this person was connected with before. Throws {@link Refused} when it is deactivated. */
async function recognize(
  tx: Tx,
  { ref, organization }: Connection,
  { issuer, subject, email }: Claims,
): Promise<string | undefined> {
  const key = { organizationId: organization.id, connection: connectionKey(ref), issuer, subject };
  const identity = await tx.identity.findUnique({
    where: { organizationId_connection_issuer_subject: key },
    select: { id: true, user: { select: { id: true, name: true, status: true } } },
  });
  if (!identity) return undefined;
  const { id, name, status } = identity.user;
  if (status !== 'active') throw new Refused('deactivated', { user: { id, name }, email });
  await tx.identity.update({
    where: { id: identity.id },
    data: { lastUsedAt: new Date(), ...(email !== undefined && { email }) },
  });
  return id;
}
