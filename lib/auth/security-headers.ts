/** A year, as the preload lists ask for; only where browsers reach us by https. */
const strictTransport = 'max-age=31536000; includeSubDomains';

/**
 * The policy of a page: scripts and styles only of this response's nonce or loaded by such a script, no plug-ins, no
 * frames around us, forms only to ourselves. `development` adds what React's debugging and hot reload need.
 */
export function contentSecurityPolicy(nonce: string, { development }: { development: boolean }): string {
  return [
    `default-src 'self'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' ${development ? `'unsafe-inline'` : `'nonce-${nonce}'`}`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** What every page answers with besides its policy. Pages show the organization's data, so nobody keeps them. */
export function pageHeaders(publicUrl: string): Record<string, string> {
  return {
    'cache-control': 'private, no-store',
    ...(publicUrl.startsWith('https:') && { 'strict-transport-security': strictTransport }),
  };
}

/** What every response carries, whatever it is. next.config.ts hands it to Next at build time. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()',
} as const;

/** For what is no page: nothing in it may run or be framed, should a browser ever take it for one. */
export const inertPolicy = `default-src 'none'; frame-ancestors 'none'`;
