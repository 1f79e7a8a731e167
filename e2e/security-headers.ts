import { type APIResponse, expect, type Response } from '@playwright/test';

/** On every response, whatever it is. */
const common = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Fails unless the headers that every response has are there. */
export function expectCommonHeaders(headers: Record<string, string>, what: string): void {
  expect(headers, what).toMatchObject(common);
  expect(headers['permissions-policy'], what).toContain('camera=(), geolocation=(), microphone=()');
  expect(headers['x-powered-by'], what).toBeUndefined();
  expect(headers.server, what).toBeUndefined();
}

/** The directives of a policy by name. */
function directivesOf(policy: string | undefined): Record<string, string> {
  return Object.fromEntries(
    (policy ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values.join(' ')];
    }),
  );
}

/** Fails unless the policy of a page is as strict as it gets. Returns the nonce of its scripts. */
export function expectPagePolicy(headers: Record<string, string>, what: string): string {
  const directives = directivesOf(headers['content-security-policy']);
  expect(directives, what).toMatchObject({
    'default-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'connect-src': "'self'",
  });
  const nonce = /^'nonce-([\w+/=]{20,})' 'strict-dynamic'$/.exec(directives['script-src'] ?? '')?.[1];
  expect(nonce, what).toBeDefined();
  expect(headers['content-security-policy'], what).not.toMatch(/unsafe-|https?:|\*/);
  expect(headers['cache-control'], what).toContain('no-store');
  return nonce ?? '';
}

/** A client may not choose the nonce or the id of its own request. */
export const chosenByClient = { 'x-nonce': 'mine', 'x-request-id': 'mine' };

/**
 * Fails unless a page that was asked for with {@link chosenByClient} carries the security headers, and its scripts and no
 * others the nonce of its policy. Returns the nonce.
 */
export async function expectSecurePage(response: Response | APIResponse, what: string): Promise<string> {
  const headers = response.headers();
  expectCommonHeaders(headers, what);
  const nonce = expectPagePolicy(headers, what);
  expect(headers['x-request-id'], what).toMatch(/^[0-9a-f-]{36}$/);
  const html = await response.text();
  const scripts = html.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length, what).toBeGreaterThan(0);
  expect(
    scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
    what,
  ).toEqual([]);
  expect(html, what).not.toMatch(/<[^>]+\s(on\w+|style)="/);
  return nonce;
}
