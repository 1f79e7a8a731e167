import { z } from 'zod';

/** Which identity provider: the installation's Google, or the one that an organization has connected. */
export type ProviderRef =
  | { readonly kind: 'google' }
  | { readonly kind: 'oidc'; readonly connectionId: string };

const oidcPrefix = 'oidc-';

/** Reads the name that a provider has in addresses; undefined for every other text. */
export function parseProvider(name: string): ProviderRef | undefined {
  if (name === 'google') return { kind: 'google' };
  const connectionId = name.startsWith(oidcPrefix) ? name.slice(oidcPrefix.length) : '';
  // One spelling only, as the provider compares redirect URIs letter by letter.
  const known = z.uuid().safeParse(connectionId).success && connectionId === connectionId.toLowerCase();
  return known ? { kind: 'oidc', connectionId } : undefined;
}

/** "google" or "oidc-<connection id>": next-auth's id of the provider, and the end of its redirect URI. */
export function providerName(ref: ProviderRef): string {
  return ref.kind === 'google' ? 'google' : `${oidcPrefix}${ref.connectionId}`;
}

/** What `identity.connection` holds for people of this provider. */
export function connectionKey(ref: ProviderRef): string {
  return ref.kind === 'google' ? 'google' : `oidc:${ref.connectionId}`;
}

/** Of the OIDC connection; Google has none. */
export function connectionIdOf(ref: ProviderRef): string | undefined {
  return ref.kind === 'google' ? undefined : ref.connectionId;
}
