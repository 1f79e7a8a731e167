import 'server-only';
import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { checkPassword, type Refusal } from '@/lib/auth/check-password';
import { cookieName, cookieOptions } from '@/lib/auth/cookies';
import { emailSchema } from '@/lib/auth/email-address';
import type { RequestContext } from '@/lib/auth/request-context';
import { safePath } from '@/lib/auth/safe-path';
import { findActor, startSession } from '@/lib/auth/session';
import { nextAuthSecret, sessionIdOf } from '@/lib/auth/session-token';
import { env } from '@/lib/env';
import { log } from '@/lib/log';

/** The id of the e-mail and password provider in next-auth's addresses. */
export const passwordProvider = 'password';

/** Four times the longest password, which may consist of characters of four bytes. */
const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(512) });

type Attempt = {
  request: RequestContext;
  /** The session that the browser has at present; signing in ends it. */
  previousToken: string | undefined;
  /** Hears why nobody was signed in. next-auth itself only says "CredentialsSignin". */
  onRefused?: (refusal: Refusal) => void;
};

/**
 * next-auth for one request. It is used as cookie, CSRF and redirect machinery; who is signed in is decided by our own
 * session row (docs/decisions). The encrypted token holds nothing but that row's random id, so nothing that a client
 * can do to the token, for example next-auth's `update` call, changes a role or an organization.
 */
export function nextAuthOptions({ request, previousToken, onRefused }: Attempt): AuthOptions {
  const { PUBLIC_URL, SESSION_MAX_HOURS } = env();
  // next-auth reads these two itself. Without the first it would take our address from the request's Host header.
  process.env.NEXTAUTH_URL = PUBLIC_URL;
  delete process.env.AUTH_TRUST_HOST;

  return {
    secret: nextAuthSecret(),
    useSecureCookies: PUBLIC_URL.startsWith('https:'),
    cookies: {
      sessionToken: { name: cookieName('session'), options: cookieOptions() },
      csrfToken: { name: cookieName('csrf'), options: cookieOptions() },
      callbackUrl: { name: cookieName('callback'), options: cookieOptions() },
    },
    pages: { signIn: '/login', error: '/login' },
    session: { strategy: 'jwt', maxAge: SESSION_MAX_HOURS * 3_600 },
    providers: [
      CredentialsProvider({
        id: passwordProvider,
        credentials: { email: {}, password: {} },
        async authorize(typed) {
          const credentials = credentialsSchema.safeParse(typed);
          if (!credentials.success) return null;
          const result = await checkPassword(credentials.data, request);
          if ('userId' in result) return { id: result.userId };
          onRefused?.(result);
          return null;
        },
      }),
    ],
    callbacks: {
      redirect: ({ url, baseUrl }) =>
        baseUrl + safePath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url),
      async jwt({ token, account, user }) {
        // `account` is there only when somebody just proved who they are. Whatever a client sends later is ignored.
        if (account) return { sid: await startSession(user.id, 'email', request, previousToken) };
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
