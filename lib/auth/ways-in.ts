import { admits, type SignInMethods } from '@/lib/auth/methods';
import { withoutSlash } from '@/lib/auth/openid/examine-issuer';
import { connectionKey, type ProviderRef } from '@/lib/auth/openid/provider-ref';
import type { Role } from '@/lib/auth/permissions';
import { env } from '@/lib/env';

/** What decides how a person can sign in. */
export type Person = {
  readonly role: Role;
  readonly passwordHash: string | null;
  readonly identities: readonly { readonly connection: string; readonly issuer: string }[];
};

/** An identity provider that is switched on. An identity is good for it only if it comes from its present issuer. */
export type OpenProvider = {
  readonly ref: ProviderRef;
  readonly name: string;
  readonly issuer: string;
};

/** The identity providers among the methods. */
export function openProviders({ google, oidc }: SignInMethods): OpenProvider[] {
  return [
    ...(google ? [{ ref: { kind: 'google' }, name: 'Google', issuer: env().GOOGLE_ISSUER } as const] : []),
    ...(oidc
      ? [{ ref: { kind: 'oidc', connectionId: oidc.id }, name: oidc.name, issuer: oidc.issuer } as const]
      : []),
  ];
}

/** Whether an identity lets its owner in through this provider. */
export function isGoodFor(
  provider: OpenProvider,
  identity: { readonly connection: string; readonly issuer: string },
): boolean {
  return (
    identity.connection === connectionKey(provider.ref) &&
    withoutSlash(identity.issuer) === withoutSlash(provider.issuer)
  );
}

/** Whether these methods leave the person any way of signing in. */
export function canSignIn({ role, passwordHash, identities }: Person, methods: SignInMethods): boolean {
  const byPassword =
    passwordHash !== null && admits(methods, { method: 'email', role, connectionId: undefined });
  const providers = openProviders(methods);
  return (
    byPassword || identities.some((identity) => providers.some((provider) => isGoodFor(provider, identity)))
  );
}
