import type { Endpoints } from '@/lib/auth/openid/endpoints';
import { examineIssuer } from '@/lib/auth/openid/examine-issuer';
import { env } from '@/lib/env';
import { networkPolicy } from '@/lib/net/network-policy';

export type Provider = { readonly issuer: string; readonly endpoints: Endpoints };

/** Google's addresses have not changed in years; a change reaches us within this time. Milliseconds. */
const lifetimeMs = 60 * 60_000;

/** While Google does not answer it is asked again only after this time. Milliseconds. */
const patienceMs = 30_000;

let known: { provider: Provider | undefined; until: number } | undefined;
let asking: Promise<void> | undefined;

/**
 * Google's issuer and endpoints from its discovery document, asked for once an hour; the last known ones while it does not
 * answer. Undefined when it never did. However many people wait, it is asked once.
 */
export async function googleProvider(): Promise<Provider | undefined> {
  if (!known || known.until <= Date.now()) {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    await asking;
  }
  return known?.provider;
}

async function ask(): Promise<void> {
  const { provider } = await examineIssuer(env().GOOGLE_ISSUER, { policy: networkPolicy() });
  known = {
    provider: provider ?? known?.provider,
    until: Date.now() + (provider ? lifetimeMs : patienceMs),
  };
}
