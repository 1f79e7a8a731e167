import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { currentActor } from '@/lib/auth/actor';
import { cookieName } from '@/lib/auth/cookies';
import { failureReason, type RefusalCode } from '@/lib/auth/openid/refused';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import {
  type IdentityProvider,
  type Mischief,
  registered,
  startIdentityProvider,
} from '@/test/identity-provider';
import { createOrganization } from '@/test/organization';
import { connectProvider, recordsOf, visit } from '@/test/provider-visit';
import { cookieInJar, receive } from '@/test/request';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

let idp: IdentityProvider;
beforeAll(async () => {
  idp = await startIdentityProvider();
});
afterAll(() => idp.close());
beforeEach(() => receive(undefined, { forget: true }));

const inAnHour = () => Math.floor(Date.now() / 1_000) + 3_600;
const claims = (changed: Record<string, unknown>): Mischief => ({ claims: changed });

/** What is wrong with an answer, and what the person is told. */
const answers: [string, Mischief, RefusalCode][] = [
  ['an address that is not verified', claims({ email_verified: false }), 'email_not_verified'],
  ['“true” instead of true', claims({ email_verified: 'true' }), 'email_not_verified'],
  ['no word about verification', claims({ email_verified: undefined }), 'email_not_verified'],
  ['no address', claims({ email: undefined }), 'email_missing'],
  ['an address with a full-width @', claims({ email: 'ben＠acme.example' }), 'email_missing'],
  ['a foreign domain', claims({ email: 'ben@globex.example' }), 'domain_not_allowed'],
  ['a domain below an allowed one', claims({ email: 'ben@x.acme.example' }), 'domain_not_allowed'],
  ['a subject of 256 characters', claims({ sub: 's'.repeat(256) }), 'token_refused'],
  ['a subject with a NUL', claims({ sub: 'a\0b' }), 'token_refused'],
  ['a subject that is a number', claims({ sub: 7 }), 'token_refused'],
  ['no subject', claims({ sub: undefined }), 'token_refused'],
  ['another issuer', claims({ iss: 'https://evil.example' }), 'token_refused'],
  ['another audience', claims({ aud: 'somebody-else' }), 'token_refused'],
  ['two audiences without azp', claims({ aud: [registered.clientId, 'b'] }), 'token_refused'],
  ['the azp of another client', claims({ azp: 'b' }), 'token_refused'],
  ['another nonce', claims({ nonce: 'another' }), 'token_refused'],
  ['no nonce', claims({ nonce: undefined }), 'token_refused'],
  ['a token that has expired', claims({ exp: 1_000 }), 'token_refused'],
  ['a token without an end', claims({ exp: undefined }), 'token_refused'],
  ['a token from the future', claims({ iat: inAnHour() }), 'token_refused'],
  ['a token that is not valid yet', claims({ nbf: inAnHour() }), 'token_refused'],
  ['a wrong hash of the access token', claims({ at_hash: 'AAAA' }), 'token_refused'],
  ['alg none', { header: { alg: 'none' }, signature: 'none' }, 'token_refused'],
  ['a signature that is missing', { signature: 'none' }, 'token_refused'],
  [
    'a signature with the client secret',
    { header: { alg: 'HS256' }, signature: 'client secret' },
    'token_refused',
  ],
  ['a foreign signature', { signature: 'foreign key' }, 'token_refused'],
  [
    'a foreign signature that names its own keys',
    { signature: 'foreign key', header: { jku: 'https://evil.example/jwks', kid: 'theirs' } },
    'token_refused',
  ],
  ['no ID token', { token: (response) => response.end('{"access_token":"a"}') }, 'token_refused'],
  ['a page instead of JSON', { token: (response) => response.end('<h1>hello</h1>') }, 'provider_error'],
  [
    'a redirect of the token endpoint',
    { token: (response) => response.writeHead(307, { location: 'http://169.254.169.254/' }).end() },
    'provider_error',
  ],
  [
    'an error of the token endpoint that repeats the secret',
    {
      token: (response) =>
        response
          .writeHead(400)
          .end(JSON.stringify({ error: 'invalid_client', error_description: registered.clientSecret })),
    },
    'client_refused',
  ],
  ['a connection that breaks', { token: (response) => response.destroy() }, 'provider_unreachable'],
  [
    'an answer without end',
    {
      token: (response) => {
        const more = (error?: Error | null) => error || response.write('x'.repeat(65_536), more);
        more();
      },
    },
    'provider_unreachable',
  ],
];

test.each(answers)('%s lets nobody in, and is recorded', async (_what, mischief, code) => {
  const source = await createOrganization();
  const { id: organizationId, slug } = source.organization;
  idp.mischief = {};
  const provider = await connectProvider(source, idp, { domains: 'acme.example' });

  idp.mischief = mischief;
  const { path, report } = await visit({ provider });
  expect(report).toMatchObject({ purpose: 'sign-in', provider: 'Acme SSO', refusal: code });
  expect(path).toBe(`/login/${slug}?outcome=${report?.id}`);

  expect(await currentActor()).toBeUndefined();
  expect(cookieInJar(cookieName('session'))).toBeUndefined();
  expect(await db().user.count({ where: { organizationId } })).toBe(1);
  const log = await recordsOf(organizationId);
  expect(log.slice(1)).toMatchObject([
    {
      action: 'user.login_failed',
      outcome: 'failure',
      actor: { type: 'anonymous' },
      metadata: { method: 'oidc', reason: failureReason(code) },
    },
  ]);
  expect(JSON.stringify([log, report])).not.toContain(registered.clientSecret);
});
