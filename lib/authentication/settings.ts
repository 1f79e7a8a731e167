import { googleConfigured, readMethods, type SignInMethods } from '@/lib/auth/methods';
import { providerName } from '@/lib/auth/openid/provider-ref';
import { canSignIn } from '@/lib/auth/ways-in';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';

/** An organization's OpenID connection as its admins may see it: everything but the secret. */
export type OidcConnection = {
  readonly id: string;
  /** As it stands in addresses: lib/auth/openid/provider-ref.ts. */
  readonly provider: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly secretLast4: string;
  readonly secretSetAt: Date;
  readonly scopes: string;
  readonly allowedDomains: readonly string[];
  readonly role: 'member' | 'auditor';
  readonly enabled: boolean;
  readonly version: number;
  /** Somebody came back from the provider with exactly these settings. */
  readonly tested: boolean;
  readonly testedAt: Date | undefined;
};

/** A method's switch, and how many active people could not sign in any more without it. */
export type MethodState = { readonly enabled: boolean; readonly dependents: number };

export type AuthenticationSettings = {
  readonly email: MethodState;
  readonly google: MethodState & { readonly configured: boolean };
  readonly oidc: MethodState & { readonly connection: OidcConnection | undefined };
  readonly activePeople: number;
};

/** What Settings > Authentication shows. */
export async function readAuthentication(organizationId: string): Promise<AuthenticationSettings> {
  const [methods, policy, connection, people] = await Promise.all([
    readMethods(organizationId),
    db().signInPolicy.findUnique({ where: { organizationId } }),
    getOidcConnection(organizationId),
    db().user.findMany({
      where: { organizationId, status: 'active' },
      select: { role: true, passwordHash: true, identities: { select: { connection: true, issuer: true } } },
    }),
  ]);
  const able = people.filter((person) => canSignIn(person, methods));
  const dependents = (without: Partial<SignInMethods>) =>
    able.filter((person) => !canSignIn(person, { ...methods, ...without })).length;
  return {
    email: { enabled: methods.email, dependents: dependents({ email: false }) },
    google: {
      enabled: policy?.googleEnabled ?? false,
      configured: googleConfigured(),
      dependents: dependents({ google: false }),
    },
    oidc: {
      enabled: connection?.enabled ?? false,
      connection,
      dependents: dependents({ oidc: undefined }),
    },
    activePeople: people.length,
  };
}

/** The organization's OpenID connection, if it has one. */
export async function getOidcConnection(organizationId: string): Promise<OidcConnection | undefined> {
  const row = await db().oidcConnection.findUnique({ where: { organizationId } });
  if (!row) return undefined;
  const { id, name, issuer, clientId, scopes, allowedDomains, enabled, version } = row;
  return {
    id,
    provider: providerName({ kind: 'oidc', connectionId: id }),
    name,
    issuer,
    clientId,
    secretLast4: row.clientSecretLast4,
    secretSetAt: row.clientSecretSetAt,
    scopes,
    allowedDomains,
    role: row.defaultRole === 'auditor' ? 'auditor' : 'member',
    enabled,
    version,
    tested: row.testedVersion === version,
    testedAt: row.testedAt ?? undefined,
  };
}

/** What the provider has to be told: where people come back to. Known before there is a connection. */
export async function oidcRedirectUri(organizationId: string): Promise<string> {
  const { oidc, nextOidcId } = await db().organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { nextOidcId: true, oidc: { select: { id: true } } },
  });
  const connectionId = oidc?.id ?? nextOidcId;
  return `${env().PUBLIC_URL}/api/auth/callback/${providerName({ kind: 'oidc', connectionId })}`;
}

/** The organization's own sign-in page. */
export function signInAddress(slug: string): string {
  return `${env().PUBLIC_URL}/login/${slug}`;
}
