import 'server-only';
import { callNextAuth, postToNextAuth } from '@/lib/auth/call-next-auth';
import { type Claims, readClaims } from '@/lib/auth/openid/claims';
import type { Connection } from '@/lib/auth/openid/connection';
import { refusalOf } from '@/lib/auth/openid/exchange-failure';
import { providerName } from '@/lib/auth/openid/provider-ref';
import { Refused } from '@/lib/auth/openid/refused';
import { relyingParty } from '@/lib/auth/openid/relying-party';

/**
 * Begins a sign-in: the provider's address to go to, and its `state`. The cookies that bind the answer to this browser go
 * along with the present response.
 */
export async function beginAtProvider(connection: Connection): Promise<{ address: string; state: string }> {
  const flow = { provider: relyingParty(connection), enter: async () => undefined };
  const answer = await postToNextAuth(flow, `signin/${providerName(connection.ref)}`);
  const address = answer.headers.get('location') ?? '';
  const state = URL.canParse(address) ? new URL(address).searchParams.get('state') : null;
  if (!state) throw new Error('next-auth did not lead to the provider');
  return { address, state };
}

/** What a provider sends back through the browser. */
export type ProviderAnswer = { code: string; state: string; iss?: string };

/**
 * Exchanges the answer for claims that can be trusted and hands them to `enter`, which returns the token of a session to
 * begin, or undefined. Throws {@link Refused}, or what `enter` throws.
 */
export async function finishAtProvider(
  connection: Connection,
  answer: ProviderAnswer,
  enter: (claims: Claims) => Promise<string | undefined>,
): Promise<void> {
  let idToken: unknown;
  let failure: { error: unknown } | undefined;
  const provider = relyingParty(connection, {
    onClaims: (claims) => {
      idToken = claims;
    },
    onFailure: (error) => {
      failure = { error };
    },
  });
  const flow = {
    provider,
    async enter() {
      const claims = readClaims(idToken);
      if (!claims) throw new Refused('token_refused', { detail: 'sub or iat is not as it must be' });
      return enter(claims);
    },
  };
  await callNextAuth(flow, `callback/${providerName(connection.ref)}`, { query: answer });
  if (failure) throw refusalOf(failure.error);
  // next-auth gave up before the exchange: a cookie of this sign-in is missing or not its own.
  if (idToken === undefined) throw new Refused('start_again');
}
