import 'server-only';
import { postToNextAuth } from '@/lib/auth/call-next-auth';
import type { Credentials, Refusal } from '@/lib/auth/check-password';
import { cookieName } from '@/lib/auth/cookies';
import { passwordFlow, passwordProvider } from '@/lib/auth/password-flow';
import type { RequestContext } from '@/lib/auth/request-context';
import { readSessionToken } from '@/lib/auth/session-token';

/**
 * Signs in through next-auth, in this process: its CSRF step, then its credentials callback, whose cookies go to the
 * browser with the response of the present server action. Returns undefined when it worked, else why not.
 */
export async function signIn(
  credentials: Credentials,
  request: RequestContext,
): Promise<Refusal | undefined> {
  let refusal: Refusal = { reason: 'refused' };
  const flow = passwordFlow({
    request,
    previousToken: await readSessionToken(),
    onRefused: (reason) => {
      refusal = reason;
    },
  });
  const answer = await postToNextAuth(flow, `callback/${passwordProvider}`, { ...credentials });
  const signedIn = answer.headers.getSetCookie().some((line) => line.startsWith(`${cookieName('session')}=`));
  return signedIn ? undefined : refusal;
}
