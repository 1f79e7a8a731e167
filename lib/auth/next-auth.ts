import 'server-only';
import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import NextAuth, { type AuthOptions } from 'next-auth';
import { z } from 'zod';
import { cookieName, cookieOptions } from '@/lib/auth/cookies';
import { safePath } from '@/lib/auth/safe-path';
import { findActor } from '@/lib/auth/session';
import { nextAuthSecret, sessionIdOf } from '@/lib/auth/session-token';
import { env } from '@/lib/env';
import { log } from '@/lib/log';

/** One way of proving who one is, for one request. */
export type Flow = {
  provider: AuthOptions['providers'][number];
  /**
   * Called when the provider is convinced, with the id of next-auth's `user`. Returns the token of the session that it
   * has started; undefined when there is none to start.
   */
  enter(id: string): Promise<string | undefined>;
};

/** How long a sign-in at an identity provider may take, in seconds. */
export const flowSeconds = 600;

/**
 * Runs next-auth for one request. It is used as cookie, CSRF and redirect machinery; who is signed in is decided by our
 * own session row (docs/decisions/0006). Rejects with what `enter` threw: next-auth would put its message into an address.
 */
export async function runNextAuth(flow: Flow, request: NextRequest, nextauth: string[]): Promise<Response> {
  let fault: { error: unknown } | undefined;
  const enter = async (id: string) => {
    try {
      return await flow.enter(id);
    } catch (error) {
      fault = { error };
      return undefined;
    }
  };
  // next-auth refuses to work at all when this cookie was tampered with; nothing of ours depends on it.
  (await cookies()).delete(cookieName('callback'));
  const options = nextAuthOptions({ ...flow, enter });
  const answer: unknown = await NextAuth(request, { params: { nextauth } }, options);
  if (fault) throw fault.error;
  return z.instanceof(Response).parse(answer);
}

/**
 * The encrypted token holds nothing but our session's random id, so nothing that a client can do to the token, for
 * example next-auth's `update` call, changes a role or an organization.
 */
function nextAuthOptions({ provider, enter }: Flow): AuthOptions {
  const { PUBLIC_URL, SESSION_MAX_HOURS } = env();
  // next-auth reads these two itself. Without the first it would take our address from the request's Host header.
  process.env.NEXTAUTH_URL = PUBLIC_URL;
  delete process.env.AUTH_TRUST_HOST;

  const ofFlow = { ...cookieOptions(), maxAge: flowSeconds };
  let entered: string | undefined;
  return {
    secret: nextAuthSecret(),
    useSecureCookies: PUBLIC_URL.startsWith('https:'),
    cookies: {
      sessionToken: { name: cookieName('session'), options: cookieOptions() },
      csrfToken: { name: cookieName('csrf'), options: cookieOptions() },
      callbackUrl: { name: cookieName('callback'), options: cookieOptions() },
      state: { name: cookieName('state'), options: ofFlow },
      nonce: { name: cookieName('nonce'), options: ofFlow },
      pkceCodeVerifier: { name: cookieName('pkce'), options: ofFlow },
    },
    pages: { signIn: '/login', error: '/login' },
    session: { strategy: 'jwt', maxAge: SESSION_MAX_HOURS * 3_600 },
    providers: [provider],
    callbacks: {
      redirect: ({ url, baseUrl }) =>
        baseUrl + safePath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url),
      async signIn({ user }) {
        entered = await enter(user.id);
        return entered !== undefined;
      },
      async jwt({ token, account }) {
        // `account` is there only when somebody just proved who they are. Whatever a client sends later is ignored.
        if (account) return { sid: entered };
        const sid = sessionIdOf(token);
        if (sid === undefined || !(await findActor(sid))) throw new Error('the session has ended');
        return { sid };
      },
      session: ({ session: { expires } }) => ({ expires }),
    },
    logger: {
      error: (code, detail) =>
        log.error({ code, err: detail instanceof Error ? detail : undefined }, 'next-auth'),
      warn: (code) => log.warn({ code }, 'next-auth'),
      debug: () => undefined,
    },
  };
}
