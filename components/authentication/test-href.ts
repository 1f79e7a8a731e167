import type { OidcConnection } from '@/lib/authentication/settings';

/** The way to the provider and back that proves the settings. A link: see ProviderLinks. */
export function testHref({ provider }: Pick<OidcConnection, 'provider'>): string {
  return `/api/auth/start?${new URLSearchParams({ provider, purpose: 'test' })}`;
}
