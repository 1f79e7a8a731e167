import { headers } from 'next/headers';
import { env, isLoopbackHost } from '@/lib/env';

/** {@link isSameOrigin} of the present request. */
export async function sameOriginRequest(): Promise<boolean> {
  return isSameOrigin(await headers());
}

/**
 * Whether a request that changes something came from our own pages: its Origin is PUBLIC_URL's, where the names of
 * this machine (localhost, 127.0.0.1, [::1]) count as one. Without an Origin only `Sec-Fetch-Site: same-origin` will
 * do. Forwarded headers are not looked at: whoever sends the request can write them (security.md #75).
 */
export function isSameOrigin(headers: Pick<Headers, 'get'>): boolean {
  const origin = headers.get('origin');
  if (origin === null) return headers.get('sec-fetch-site') === 'same-origin';
  return isOwnOrigin(origin);
}

/**
 * Whether somebody followed a link on one of our own pages. Browsers say where a link was followed in `Sec-Fetch-Site`, but
 * only over https and on this machine; elsewhere the Referer has to do, which our pages send to ourselves alone.
 */
export function isOwnLink(headers: Pick<Headers, 'get'>): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const referer = headers.get('referer');
  return referer !== null && URL.canParse(referer) && isOwnOrigin(new URL(referer).origin);
}

function isOwnOrigin(origin: string): boolean {
  return origin === env().PUBLIC_URL || isLoopbackAlias(origin, env().PUBLIC_URL);
}

function isLoopbackAlias(origin: string, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const [sent, own] = [new URL(origin), new URL(publicUrl)];
  return (
    sent.origin === origin &&
    sent.protocol === own.protocol &&
    sent.port === own.port &&
    isLoopbackHost(sent.hostname) &&
    isLoopbackHost(own.hostname)
  );
}
