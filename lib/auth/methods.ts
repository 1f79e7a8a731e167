import type { Tx } from '@/lib/audit/transaction';
import type { Role } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';

/** How a person proved who they are. */
export type SignInMethod = 'email' | 'google' | 'oidc';

/** The ways of signing in that an organization has switched on. */
export type SignInMethods = {
  /** Off, it still serves admins: the way in when the identity provider is down. */
  email: boolean;
  google: boolean;
  oidc: { id: string; name: string; issuer: string } | undefined;
};

/** What a session is about to begin with. */
export type Entry = { method: SignInMethod; role: Role; connectionId: string | undefined };

/** A session was asked for by a way that the organization has switched off. */
export class MethodDisabledError extends Error {
  override readonly name = 'MethodDisabledError';
}

/** Whether this installation is known to Google. Without it no organization can switch Google on. */
export function googleConfigured(): boolean {
  return env().GOOGLE_CLIENT_ID !== undefined;
}

/** The present settings. Within a transaction they hold until its end if lockOrganization was called before. */
export async function readMethods(
  organizationId: string,
  client: Pick<Tx, 'signInPolicy' | 'oidcConnection'> = db(),
): Promise<SignInMethods> {
  const policy = await client.signInPolicy.findUnique({ where: { organizationId } });
  const oidc = await client.oidcConnection.findUnique({
    where: { organizationId, enabled: true },
    select: { id: true, name: true, issuer: true },
  });
  return {
    email: policy?.emailEnabled ?? true,
    google: (policy?.googleEnabled ?? false) && googleConfigured(),
    oidc: oidc ?? undefined,
  };
}

/** Whether the settings let somebody in this way. E-mail always lets admins in. */
export function admits(methods: SignInMethods, { method, role, connectionId }: Entry): boolean {
  if (method === 'email') return methods.email || role === 'admin';
  if (method === 'google') return methods.google;
  return methods.oidc !== undefined && methods.oidc.id === connectionId;
}
