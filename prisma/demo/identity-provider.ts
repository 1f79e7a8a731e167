import type { Endpoints } from '@/lib/auth/openid/endpoints';

const issuer = 'https://login.acme.example';

const endpointsOf = (base: string): Endpoints => ({
  authorization: `${base}/authorize`,
  token: `${base}/token`,
  keys: `${base}/keys`,
  signingAlgorithm: 'RS256',
  clientAuthentication: 'client_secret_basic',
  namesIssuer: true,
});

/** The organization's identity provider as it was set up first: any domain could sign in. */
export const openProvider = {
  name: 'Acme SSO',
  issuer,
  clientId: 'tracekeep-prod',
  scopes: 'openid email profile',
  allowedDomains: [] as string[],
  defaultRole: 'member' as const,
  endpoints: endpointsOf(issuer),
};

/** As it stands in the end. */
export const provider = { ...openProvider, allowedDomains: ['acme.example'] };

/** A first try, with the wrong realm. */
export const mistypedProvider = {
  ...openProvider,
  issuer: `${issuer}/realms/test`,
  clientId: 'tracekeep-test',
  endpoints: endpointsOf(`${issuer}/realms/test`),
};
