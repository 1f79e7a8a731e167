import 'server-only';
import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import type { z } from 'zod';
import { type CookieKind, cookieName, cookieOptions } from '@/lib/auth/cookies';
import { nextAuthSecret } from '@/lib/auth/session-token';

/** Browsers drop what is longer than 4,096 with its name and attributes. */
const maxLength = 3_800;

/**
 * Gives the browser something to keep for us that it can neither read nor change, for so many seconds. False when it is too
 * long for a cookie.
 */
export async function writeSealedCookie(
  kind: CookieKind,
  content: object,
  seconds: number,
): Promise<boolean> {
  const name = cookieName(kind);
  const value = await encode({ token: { content }, secret: nextAuthSecret(), salt: name, maxAge: seconds });
  if (value.length > maxLength) return false;
  (await cookies()).set(name, value, { ...cookieOptions(), maxAge: seconds });
  return true;
}

/** What {@link writeSealedCookie} wrote; undefined when it is outdated, forged, or of another shape. */
export async function readSealedCookie<T>(kind: CookieKind, schema: z.ZodType<T>): Promise<T | undefined> {
  const name = cookieName(kind);
  const value = (await cookies()).get(name)?.value;
  if (!value || value.length > maxLength) return undefined;
  try {
    const token = await decode({ token: value, secret: nextAuthSecret(), salt: name });
    return schema.safeParse(token?.content).data;
  } catch {
    return undefined;
  }
}

/** Takes cookies away from the browser. `cookies().delete` would not: a `__Host-` cookie only goes with its attributes. */
export async function clearCookies(...kinds: readonly CookieKind[]): Promise<void> {
  const store = await cookies();
  for (const kind of kinds) store.set(cookieName(kind), '', { ...cookieOptions(), maxAge: 0 });
}
