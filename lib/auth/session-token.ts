import 'server-only';
import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { cookieName, cookieOptions } from '@/lib/auth/cookies';
import { deriveKey } from '@/lib/crypto/keys';
import { env } from '@/lib/env';

/** All that the encrypted cookie holds. Name, role and organization are read from the database instead. */
const claimsSchema = z.object({ sid: z.string().min(32).max(64) });

/** Ours has about 300 bytes; browsers send at most 4,096. */
const maxCookieLength = 1_024;

/** What next-auth encrypts and authenticates with. */
export function nextAuthSecret(): string {
  return deriveKey('next-auth').toString('base64url');
}

/** The session's token out of the claims of next-auth; undefined when they are not ours. */
export function sessionIdOf(claims: unknown): string | undefined {
  return claimsSchema.safeParse(claims).data?.sid;
}

/**
 * The session token that the present request carries. A forged, cut, foreign or outdated cookie is no token. Only the
 * exact name counts: next-auth itself also joins look-alikes such as `…-session.1` (security.md #97).
 */
export async function readSessionToken(): Promise<string | undefined> {
  const cookie = (await cookies()).get(cookieName('session'))?.value;
  if (!cookie || cookie.length > maxCookieLength) return undefined;
  try {
    return sessionIdOf(await decode({ token: cookie, secret: nextAuthSecret() }));
  } catch {
    return undefined;
  }
}

/** Gives the browser another session token, in a cookie like the one that next-auth sets at the sign-in. */
export async function writeSessionToken(token: string): Promise<void> {
  const maxAge = env().SESSION_MAX_HOURS * 3_600;
  const cookie = await encode({ token: { sid: token }, secret: nextAuthSecret(), maxAge });
  (await cookies()).set(cookieName('session'), cookie, { ...cookieOptions(), maxAge });
}

/** Tells the browser to forget its session. Ending the session itself is the row's matter. */
export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(cookieName('session'), '', { ...cookieOptions(), maxAge: 0 });
}
