import 'server-only';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { checkPassword, type Refusal } from '@/lib/auth/check-password';
import { emailSchema } from '@/lib/auth/email-address';
import { MethodDisabledError } from '@/lib/auth/methods';
import type { Flow } from '@/lib/auth/next-auth';
import type { RequestContext } from '@/lib/auth/request-context';
import { startSession } from '@/lib/auth/session';
import { recordSignInFailure } from '@/lib/auth/sign-in-failure';
import { db } from '@/lib/db/client';

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

/** Signing in with an e-mail address and a password. */
export function passwordFlow({ request, previousToken, onRefused }: Attempt): Flow {
  return {
    provider: CredentialsProvider({
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
    async enter(userId) {
      try {
        return await startSession(userId, 'email', request, previousToken);
      } catch (error) {
        // Switched off since the password was checked.
        if (!(error instanceof MethodDisabledError)) throw error;
        const { id, name, email, organization } = await db().user.findUniqueOrThrow({
          where: { id: userId },
          include: { organization: true },
        });
        const user = { id, name };
        const failure = { organization, user, claimed: email, request };
        await recordSignInFailure({ ...failure, method: 'email', reason: 'method_disabled' });
        onRefused?.({ reason: 'refused' });
        return undefined;
      }
    },
  };
}
