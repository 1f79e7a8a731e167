import { z } from 'zod';
import { openClientSecret } from '@/lib/auth/openid/client-secret';
import { endpointsSchema } from '@/lib/auth/openid/endpoints';
import { googleProvider, type Provider } from '@/lib/auth/openid/google';
import type { ProviderRef } from '@/lib/auth/openid/provider-ref';
import type { Role } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';

export type Organization = { readonly id: string; readonly slug: string; readonly name: string };

/** An identity provider as one organization uses it, ready for one sign-in. For the server only. */
export type Connection = {
  readonly ref: ProviderRef;
  readonly organization: Organization;
  /** What people call it: "Google", "Acme SSO". */
  readonly name: string;
  readonly enabled: boolean;
  /** Of its settings: a sign-in that began with others is not finished. */
  readonly version: number;
  /** Undefined while Google does not answer. */
  readonly provider: Provider | undefined;
  readonly clientId: string;
  /** Undefined when it cannot be opened any more. */
  readonly clientSecret: string | undefined;
  readonly scopes: string;
  /** Empty: any. */
  readonly allowedDomains: readonly string[];
  /** The role of people who come without an invitation; undefined: nobody comes without one. */
  readonly joinRole: Exclude<Role, 'admin'> | undefined;
};

/**
 * The connection that a provider's name in an address means. Google belongs to no organization, so it needs one to be
 * named; an OIDC connection has its own, and is not found when another one is named.
 */
export async function loadConnection(
  ref: ProviderRef,
  organization?: { id: string } | { slug: string },
): Promise<Connection | undefined> {
  if (ref.kind === 'oidc') return loadOidc(ref, organization);
  return organization && loadGoogle(ref, organization);
}

async function loadOidc(
  ref: Extract<ProviderRef, { kind: 'oidc' }>,
  organization: { id: string } | { slug: string } | undefined,
): Promise<Connection | undefined> {
  const row = await db().oidcConnection.findFirst({
    where: { id: ref.connectionId, ...(organization && { organization }) },
    include: { organization: { select: { id: true, slug: true, name: true } } },
  });
  if (!row) return undefined;
  const { name, enabled, version, clientId, scopes, allowedDomains, issuer } = row;
  return {
    ref,
    organization: row.organization,
    name,
    enabled,
    version,
    provider: { issuer, endpoints: endpointsSchema.parse(row.endpoints) },
    clientId,
    clientSecret: openClientSecret(row.id, row.clientSecretSealed),
    scopes,
    allowedDomains,
    joinRole: z.enum(['auditor', 'member']).parse(row.defaultRole),
  };
}

async function loadGoogle(
  ref: Extract<ProviderRef, { kind: 'google' }>,
  organization: { id: string } | { slug: string },
): Promise<Connection | undefined> {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = env();
  if (GOOGLE_CLIENT_ID === undefined) return undefined;
  const row = await db().organization.findFirst({
    where: organization,
    select: { id: true, slug: true, name: true, signIn: { select: { googleEnabled: true } } },
  });
  if (!row) return undefined;
  const { signIn, ...found } = row;
  return {
    ref,
    organization: found,
    name: 'Google',
    enabled: signIn?.googleEnabled ?? false,
    version: 0,
    provider: await googleProvider(),
    clientId: GOOGLE_CLIENT_ID,
    clientSecret: GOOGLE_CLIENT_SECRET,
    scopes: 'openid email profile',
    allowedDomains: [],
    joinRole: undefined,
  };
}
