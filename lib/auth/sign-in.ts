import 'server-only';
import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import NextAuth from 'next-auth';
import { z } from 'zod';
import type { Credentials, Refusal } from '@/lib/auth/check-password';
import { cookieName } from '@/lib/auth/cookies';
import { nextAuthOptions, passwordProvider } from '@/lib/auth/next-auth';
import type { RequestContext } from '@/lib/auth/request-context';
import { readSessionToken } from '@/lib/auth/session-token';
import { env } from '@/lib/env';

const csrfSchema = z.object({ csrfToken: z.string() });

/**
 * Signs in through next-auth, in this process: its CSRF step, then its credentials callback, whose cookies go to the
 * browser with the response of the present server action. Returns undefined when it worked, else why not.
 */
export async function signIn(
  credentials: Credentials,
  request: RequestContext,
): Promise<Refusal | undefined> {
  let refusal: Refusal = { reason: 'refused' };
  const options = nextAuthOptions({
    request,
    previousToken: await readSessionToken(),
    onRefused: (reason) => {
      refusal = reason;
    },
  });
  // next-auth refuses to work at all when this cookie was tampered with; nothing of ours depends on it.
  (await cookies()).delete(cookieName('callback'));

  const handle = async (path: string, form?: Record<string, string>): Promise<Response> => {
    const url = `${env().PUBLIC_URL}/api/auth/${path}`;
    const body = form && { method: 'POST', body: new URLSearchParams(form) };
    const params = { nextauth: path.split('/') };
    const response = z
      .instanceof(Response)
      .parse(await NextAuth(new NextRequest(url, body), { params }, options));
    await passCookiesOn(response);
    return response;
  };

  const { csrfToken } = csrfSchema.parse(await (await handle('csrf')).json());
  const answer = await handle(`callback/${passwordProvider}`, { ...credentials, csrfToken });
  const signedIn = answer.headers.getSetCookie().some((line) => line.startsWith(`${cookieName('session')}=`));
  return signedIn ? undefined : refusal;
}

/** From next-auth's response to the one that the browser gets. */
async function passCookiesOn(response: Response): Promise<void> {
  const store = await cookies();
  const { cookies: sent } = new NextResponse(null, { headers: response.headers });
  for (const cookie of sent.getAll()) store.set(cookie);
}
