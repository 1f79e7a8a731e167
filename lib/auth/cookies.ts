import { createHash } from 'node:crypto';
import { deriveKey } from '@/lib/crypto/keys';
import { env } from '@/lib/env';

/** The last five belong to a sign-in at an identity provider. */
export type CookieKind = 'session' | 'csrf' | 'callback' | 'state' | 'nonce' | 'pkce' | 'intent' | 'report';

/** Whether browsers reach us by https, so that cookies may be Secure and carry the `__Host-` prefix. */
function isSecure(): boolean {
  return env().PUBLIC_URL.startsWith('https:');
}

/**
 * The name of a cookie. It says which installation it belongs to, because cookies ignore the port: two checkouts on
 * localhost would otherwise sign each other out. With `__Host-` no other host of the domain can set it.
 */
export function cookieName(kind: CookieKind): string {
  const installation = createHash('sha256').update(deriveKey('next-auth')).digest('hex').slice(0, 8);
  return `${isSecure() ? '__Host-' : ''}tracekeep-${installation}-${kind}`;
}

/** Attributes of every cookie that means something: unreadable to scripts, and sent along by other sites' links only. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const;
}
