import type { AuditSource } from '@/lib/audit/event';
import type { SignInMethod } from '@/lib/auth/methods';
import { admit } from '@/lib/auth/openid/admit';
import type { Claims } from '@/lib/auth/openid/claims';
import { type Connection, loadConnection } from '@/lib/auth/openid/connection';
import { unlinkIdentity } from '@/lib/auth/openid/identities';
import { linkIdentity } from '@/lib/auth/openid/link';
import { parseProvider } from '@/lib/auth/openid/provider-ref';
import { refuse, refuseStray } from '@/lib/auth/openid/refuse';
import { Refused } from '@/lib/auth/openid/refused';
import { failTest, passTest } from '@/lib/auth/openid/test-connection';
import { configureOidc } from '@/lib/authentication/configure-oidc';
import { deleteOidc } from '@/lib/authentication/delete-oidc';
import { oidcSettingsSchema } from '@/lib/authentication/oidc-settings';
import { disableMethod, enableMethod } from '@/lib/authentication/switch-method';
import { updateOidc } from '@/lib/authentication/update-oidc';
import { db } from '@/lib/db/client';
import { type Actor, type Prepare, signedIn } from '@/test/forced-failure/world';
import type { IdentityProvider } from '@/test/identity-provider';
import { createOrganization } from '@/test/organization';
import { connectProvider, typedSettings } from '@/test/provider-visit';
import { anyRequest } from '@/test/signed-in';

/** An organization whose provider is on; `actor` is its admin, signed in. */
async function connected(
  idp: IdentityProvider,
): Promise<{ actor: Actor; source: AuditSource; connection: Connection }> {
  const actor = await signedIn();
  const { organization, user } = actor;
  const source: AuditSource = {
    organization,
    actor: { type: 'user', ...user },
    context: { origin: 'console' },
  };
  const ref = parseProvider(await connectProvider(source, idp));
  const connection = ref && (await loadConnection(ref));
  if (!connection) throw new Error('there is no connection');
  return { actor, source, connection };
}

function claimsOf(idp: IdentityProvider): Claims {
  const { id: subject } = { id: crypto.randomUUID() };
  const email = `${subject}@partner.example`;
  const verified = { email, emailVerified: true, hostedDomain: undefined } as const;
  return { issuer: idp.issuer, subject, ...verified, name: 'Dave Lind', others: [] };
}

const switching =
  (command: typeof enableMethod, method: SignInMethod): Prepare =>
  async (idp) => {
    const { source } = await connected(idp);
    await db().signInPolicy.create({ data: { organizationId: source.organization.id, googleEnabled: true } });
    if (command === enableMethod) await disableMethod(source, method);
    return () => command(source, method);
  };

/** Commands about the ways of signing in, and what comes of a visit to a provider. */
export const signInMethods: Record<string, Prepare> = {
  'enableMethod, e-mail': switching(enableMethod, 'email'),
  'enableMethod, Google': switching(enableMethod, 'google'),
  'enableMethod, OIDC': switching(enableMethod, 'oidc'),
  'disableMethod, e-mail': switching(disableMethod, 'email'),
  'disableMethod, Google': switching(disableMethod, 'google'),
  'disableMethod, OIDC': switching(disableMethod, 'oidc'),
  async configureOidc(idp) {
    const source = await createOrganization();
    return () => configureOidc(source, oidcSettingsSchema.parse(typedSettings(idp)));
  },
  async updateOidc(idp) {
    const { source } = await connected(idp);
    const settings = oidcSettingsSchema.parse({ ...typedSettings(idp), domains: 'partner.example' });
    return () => updateOidc(source, 1, settings);
  },
  async deleteOidc(idp) {
    const { actor, source, connection } = await connected(idp);
    await linkIdentity(actor, connection, claimsOf(idp), anyRequest);
    const id = connection.ref.kind === 'oidc' ? connection.ref.connectionId : '';
    return () => deleteOidc(source, id, connection.name);
  },
  async passTest(idp) {
    const { actor, connection } = await connected(idp);
    return () => passTest(actor, connection, anyRequest);
  },
  async failTest(idp) {
    const { actor, connection } = await connected(idp);
    return () => failTest(actor, connection, anyRequest);
  },
  async admit(idp) {
    const { connection } = await connected(idp);
    const claims = claimsOf(idp);
    return () => admit(connection, claims, { request: anyRequest, previousToken: undefined });
  },
  async linkIdentity(idp) {
    const { actor, connection } = await connected(idp);
    const claims = claimsOf(idp);
    return () => linkIdentity(actor, connection, claims, anyRequest);
  },
  async unlinkIdentity(idp) {
    const { actor, connection } = await connected(idp);
    await linkIdentity(actor, connection, claimsOf(idp), anyRequest);
    const { id } = await db().identity.findFirstOrThrow({ where: { userId: actor.user.id } });
    return () => unlinkIdentity(actor, id, anyRequest);
  },
  async refuse(idp) {
    const { actor, connection } = await connected(idp);
    const errand = { purpose: 'link' as const, connection, actor, next: '/', request: anyRequest };
    return () => refuse(errand, new Refused('identity_taken', {}));
  },
  async refuseStray(idp) {
    const { connection } = await connected(idp);
    return () => refuseStray(connection.ref, undefined, anyRequest);
  },
};
