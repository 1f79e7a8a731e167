import type { Endpoints } from '@/lib/auth/openid/endpoints';
import { examineIssuer } from '@/lib/auth/openid/examine-issuer';
import { env } from '@/lib/env';
import { networkPolicy } from '@/lib/net/network-policy';

export type Provider = { readonly issuer: string; readonly endpoints: Endpoints };

/** Google's addresses have not changed in years; a change reaches us within this time. Milliseconds. */
const lifetimeMs = 60 * 60_000;

let known: { provider: Provider; until: number } | undefined;

/**
 * Google's issuer and endpoints from its discovery document, asked for once an hour; the last known ones while it does not
 * answer. Undefined when it never did.
 */
export async function googleProvider(): Promise<Provider | undefined> {
  if (known && known.until > Date.now()) return known.provider;
  const { provider } = await examineIssuer(env().GOOGLE_ISSUER, { policy: networkPolicy() });
  if (provider) known = { provider, until: Date.now() + lifetimeMs };
  return known?.provider;
}
