import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { examineIssuer } from '@/lib/auth/openid/examine-issuer';
import { type IdentityProvider, startIdentityProvider } from '@/test/identity-provider';

const policy = { privateAllowed: true, loopbackAllowed: true, plainHttpAllowed: false, ownEndpoints: [] };

let idp: IdentityProvider;
beforeAll(async () => {
  idp = await startIdentityProvider();
});
afterAll(() => idp.close());
beforeEach(() => {
  idp.mischief = {};
});

test('a good provider passes every check, and its endpoints are those of its document', async () => {
  const { checks, provider } = await examineIssuer(`${idp.issuer}/`, { policy });
  expect(checks.map(({ name, status }) => `${name}: ${status}`)).toEqual([
    'Reachable: ok',
    'Issuer: ok',
    'Endpoints: ok',
    'Response type: ok',
    'PKCE: ok',
    'Client authentication: ok',
    'Signing keys: ok',
    'Clock: ok',
  ]);
  expect(provider).toEqual({
    issuer: idp.issuer,
    endpoints: {
      authorization: `${idp.issuer}/authorize`,
      token: `${idp.issuer}/token`,
      keys: `${idp.issuer}/jwks`,
      signingAlgorithm: 'RS256',
      clientAuthentication: 'client_secret_basic',
      namesIssuer: true,
    },
  });
});

test('what is not announced has the defaults of the specification; unknown PKCE is only a warning', async () => {
  idp.mischief.document = {
    code_challenge_methods_supported: undefined,
    token_endpoint_auth_methods_supported: undefined,
    authorization_response_iss_parameter_supported: undefined,
  };
  const { checks, provider } = await examineIssuer(idp.issuer, { policy });
  expect(checks.find(({ name }) => name === 'PKCE')).toMatchObject({ status: 'warning' });
  expect(provider?.endpoints).toMatchObject({
    clientAuthentication: 'client_secret_basic',
    namesIssuer: false,
  });
});

test.each<[string, Record<string, unknown>, string]>([
  ['names another issuer', { issuer: 'https://accounts.google.com' }, 'Issuer'],
  ['names none', { issuer: undefined }, 'Issuer'],
  ['names one that is no text', { issuer: 7 }, 'Issuer'],
  ['sends people over plain http', { authorization_endpoint: 'http://login.example.com/a' }, 'Endpoints'],
  ['has its tokens at the cloud’s metadata', { token_endpoint: 'https://169.254.169.254/' }, 'Endpoints'],
  ['has a script for an address', { authorization_endpoint: 'javascript:alert(1)' }, 'Endpoints'],
  ['has its keys nowhere', { jwks_uri: undefined }, 'Endpoints'],
  ['has no code flow', { response_types_supported: ['id_token'] }, 'Response type'],
  ['knows only plain PKCE', { code_challenge_methods_supported: ['plain'] }, 'PKCE'],
  [
    'wants a certificate of us',
    { token_endpoint_auth_methods_supported: ['tls_client_auth'] },
    'Client authentication',
  ],
  [
    'signs with the client secret',
    { id_token_signing_alg_values_supported: ['HS256', 'none'] },
    'Signing keys',
  ],
  ['has no key for what it signs', { id_token_signing_alg_values_supported: ['ES256'] }, 'Signing keys'],
])('a provider that %s is refused, and told which check failed', async (_what, document, failed) => {
  idp.mischief.document = document;
  const { checks, provider } = await examineIssuer(idp.issuer, { policy });
  expect(provider).toBeUndefined();
  expect(checks.flatMap(({ name, status }) => (status === 'failed' ? [name] : []))).toContain(failed);
});

test('an address that does not answer, or is not allowed, is told without what it said', async () => {
  const gone = await examineIssuer('http://127.0.0.1:9', { policy });
  expect(gone).toMatchObject({
    checks: [{ name: 'Reachable', status: 'failed' }, { status: 'skipped' }, {}, {}, {}, {}, {}],
  });
  const refused = await examineIssuer(idp.issuer, { policy: { ...policy, loopbackAllowed: false } });
  expect(refused.checks[0]?.detail).toBe('The address is one that this installation does not connect to.');
  const notFound = await examineIssuer(`${idp.issuer}/realms/none`, { policy });
  expect(notFound.checks[0]?.status).toBe('failed');
});
