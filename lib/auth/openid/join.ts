import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import type { Tx } from '@/lib/audit/transaction';
import type { Claims } from '@/lib/auth/openid/claims';
import type { Connection } from '@/lib/auth/openid/connection';
import { connectionKey } from '@/lib/auth/openid/provider-ref';
import { Refused } from '@/lib/auth/openid/refused';
import type { Role } from '@/lib/auth/permissions';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';
import { addUser } from '@/lib/organization/add-user';

/** Where Google itself gives out the mailboxes. */
const googleDomains: readonly string[] = ['gmail.com', 'googlemail.com'];

type Invitation = { readonly id: string; readonly role: Role };

/**
 * Makes an account for somebody whom the provider names for the first time, whose address is verified and allowed: with
 * the role of their invitation, which counts as accepted, or else with the connection's role, never as an admin. Throws
 * {@link Refused} when they may not join, and when the address has an account already: whoever controls a provider
 * controls which addresses it names, so that account must connect itself. Returns the new user's id.
 */
export async function join(
  tx: Tx,
  connection: Connection,
  claims: Claims,
  request: RequestContext,
): Promise<string> {
  const { ref, organization, name: providerName } = connection;
  const { email = '', issuer, subject } = claims;
  await refuseTakenAddress(tx, connection, email);
  const invitation = await findInvitation(tx, organization.id, email);
  const role = roleOf(connection, invitation, claims);

  const id = randomUUID();
  const user = { id, name: claims.name ?? email.slice(0, email.indexOf('@')), email, role };
  const context = auditContext(request);
  // Whoever was invited acts for themselves; of anybody else the provider says that they are to be let in.
  const actor: AuditSource['actor'] = invitation
    ? { type: 'user', ...user }
    : { type: 'system', name: providerName };
  const source: AuditSource = { organization, actor, context };
  if (invitation) await accept(tx, source, invitation, email);
  await addNewUser(tx, source, user, ref.kind);
  await tx.identity.create({
    data: {
      id: randomUUID(),
      organizationId: organization.id,
      userId: id,
      connection: connectionKey(ref),
      issuer,
      subject,
      email,
      lastUsedAt: new Date(),
    },
  });
  return id;
}

async function refuseTakenAddress(tx: Tx, { organization }: Connection, email: string): Promise<void> {
  const user = await tx.user.findUnique({
    where: { email },
    select: { id: true, name: true, organizationId: true },
  });
  if (!user) return;
  // An account of another organization is nothing that this one's log may name.
  const known = user.organizationId === organization.id ? { id: user.id, name: user.name } : undefined;
  throw new Refused('account_exists', { user: known, email });
}

async function findInvitation(
  tx: Tx,
  organizationId: string,
  email: string,
): Promise<Invitation | undefined> {
  const found = await tx.invitation.findFirst({
    where: { organizationId, email, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true, role: true },
  });
  return found ?? undefined;
}

function roleOf(
  { ref, joinRole }: Connection,
  invitation: Invitation | undefined,
  { email = '', hostedDomain }: Claims,
): Role {
  // The organization's own provider decides whom it names, so it must not be able to make an admin by naming an invited
  // one. Google knows who owns a mailbox of its own and of the domains that it hosts; of others only who owned it once.
  const domain = email.slice(email.indexOf('@') + 1);
  const proved = ref.kind === 'google' && (domain === hostedDomain || googleDomains.includes(domain));
  if (invitation?.role === 'admin' && !proved) throw new Refused('use_invitation', { email });
  const role = invitation?.role ?? joinRole;
  if (role === undefined) throw new Refused('not_invited', { email });
  return role;
}

async function addNewUser(
  tx: Tx,
  source: AuditSource,
  user: { id: string; name: string; email: string; role: Role },
  via: 'google' | 'oidc',
): Promise<void> {
  try {
    await addUser(tx, source, user, via);
  } catch (error) {
    // Somebody took the address in this very moment.
    if (error instanceof UserError) throw new Refused('account_exists', { email: user.email });
    throw error;
  }
}

async function accept(tx: Tx, source: AuditSource, { id, role }: Invitation, email: string): Promise<void> {
  const { count } = await tx.invitation.updateMany({
    where: { id, acceptedAt: null, revokedAt: null },
    data: { acceptedAt: new Date() },
  });
  if (count === 0) throw new Refused('not_invited', { email });
  recordAudit(tx, {
    ...source,
    action: 'organization.invitation.accept',
    targets: [{ type: 'invitation', id, name: email }],
    metadata: { role },
  });
}
