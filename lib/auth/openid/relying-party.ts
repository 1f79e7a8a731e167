import 'server-only';
import type { OAuthConfig, TokenEndpointHandler } from 'next-auth/providers/oauth';
import { custom } from 'openid-client';
import { clockToleranceSeconds } from '@/lib/auth/openid/claims';
import type { Connection } from '@/lib/auth/openid/connection';
import { maxAnswerBytes, providerDeadlineMs } from '@/lib/auth/openid/fetch-json';
import { providerName } from '@/lib/auth/openid/provider-ref';
import { Refused } from '@/lib/auth/openid/refused';
import { guardedAgent } from '@/lib/net/guarded-agent';
import { networkPolicy } from '@/lib/net/network-policy';
import { isRefusedHost } from '@/lib/net/web-address';

// Once for the process. Each exchange of ours brings a guarded agent of its own; for whatever else might use the library
// no name has an address. (next-auth would let one provider's `httpOptions` change this for all: never set them.)
custom.setHttpOptionsDefaults({
  timeout: providerDeadlineMs,
  lookup: (_host, _options, callback) => callback(new Error('a request without a guarded agent'), '', 4),
});

type Exchange = NonNullable<TokenEndpointHandler['request']>;

type Listener = {
  /** The claims of an ID token that passed every check, and those of its subject at the userinfo endpoint. */
  onClaims(claims: unknown): void;
  onFailure(error: unknown): void;
};

/**
 * A connection as a provider of next-auth: the stored endpoints, so that no sign-in depends on a discovery document; state,
 * nonce and PKCE; one signing algorithm. The exchange is openid-client's own, with all its checks of the ID token, over
 * guarded connections.
 */
export function relyingParty(connection: Connection, listener?: Listener): OAuthConfig<{ sub: string }> {
  const { provider, clientSecret } = connection;
  if (!provider) throw new Refused('provider_unreachable');
  if (clientSecret === undefined) throw new Refused('secret_lost');
  const { issuer, endpoints } = provider;

  const exchange: Exchange = async ({ client, params, checks, provider: { callbackUrl } }) => {
    try {
      guard(client);
      if (endpoints.namesIssuer && params.iss === undefined) {
        throw new Refused('token_refused', { detail: 'iss missing from the response' });
      }
      // Only these: an ID token or a signed response in the address would open other ways in.
      const { code, state, iss } = params;
      const answer = { code: code ?? '', state: state ?? '', ...(iss !== undefined && { iss }) };
      const tokens = await client.callback(callbackUrl, answer, checks);
      const signed = tokens.claims();
      if (signed.email === undefined && endpoints.userinfo) {
        // openid-client makes sure that it is about the same subject. The address and whether it is verified come together.
        const { iss: issuer, sub, iat } = signed;
        listener?.onClaims({ ...signed, ...(await client.userinfo(tokens)), iss: issuer, sub, iat });
      } else listener?.onClaims(signed);
      return { tokens };
    } catch (error) {
      listener?.onFailure(error);
      throw error;
    }
  };

  return {
    id: providerName(connection.ref),
    name: connection.name,
    type: 'oauth',
    issuer,
    authorization: { url: endpoints.authorization, params: { scope: connection.scopes } },
    token: { url: endpoints.token, request: exchange },
    ...(endpoints.userinfo !== undefined && { userinfo: { url: endpoints.userinfo } }),
    jwks_endpoint: endpoints.keys,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    clientId: connection.clientId,
    clientSecret,
    client: {
      id_token_signed_response_alg: endpoints.signingAlgorithm,
      token_endpoint_auth_method: endpoints.clientAuthentication,
    },
    profile: ({ sub }) => ({ id: sub }),
  };
}

/** The token endpoint and the keys are asked through agents that check, pin and bound each connection. */
function guard(client: Parameters<Exchange>[0]['client']): void {
  const policy = networkPolicy();
  const options = (url: URL) => {
    // The policy may have changed since the address was saved.
    if (isRefusedHost(url, policy))
      throw Object.assign(new Error('refused'), { code: 'ERR_ADDRESS_REFUSED' });
    return { agent: guardedAgent(url, { policy, deadlineMs: providerDeadlineMs, maxBytes: maxAnswerBytes }) };
  };
  client[custom.http_options] = options;
  client.issuer[custom.http_options] = options;
  client[custom.clock_tolerance] = clockToleranceSeconds;
}
