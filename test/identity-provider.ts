import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const registered = { clientId: 'tracekeep', clientSecret: 'canary-client-secret-7f3a' };

/** What the provider does otherwise than a good one; each part is looked at anew for every sign-in. */
export type Mischief = {
  /** Instead of the person's and the token's own claims; a claim set to undefined is left out. */
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  signature?: 'none' | 'foreign key' | 'client secret';
  document?: Record<string, unknown>;
  /** Instead of code, state and iss in the address of the callback. */
  answer?: Record<string, string>;
  /** Announces a userinfo endpoint, which says this; the ID token then has no claims about the person but `sub`. */
  userinfo?: Record<string, unknown>;
  /** Instead of the token endpoint's answer. */
  token?: (response: ServerResponse) => void;
};

export type IdentityProvider = {
  readonly issuer: string;
  person: Record<string, unknown>;
  mischief: Mischief;
  /** Paths that were asked for. */
  readonly journal: string[];
  close(): Promise<void>;
};

const [own, foreign] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));

/**
 * An OpenID provider on this machine that can be told to misbehave. Whoever is sent there is `person` at once. As a good
 * one it insists on its client's secret, on PKCE, and that a code is used once.
 */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const codes = new Map<string, URLSearchParams>();
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${portOf(server.address())}`;
  const provider: IdentityProvider = {
    issuer,
    person: { sub: 'u-1', email: 'ben@acme.example', email_verified: true, name: 'Ben Okafor' },
    mischief: {},
    journal: [],
    async close() {
      server.close().closeAllConnections();
      await once(server, 'close');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    provider.journal.push(url.pathname);
    const { mischief } = provider;
    if (url.pathname === '/.well-known/openid-configuration') {
      const userinfo = mischief.userinfo && { userinfo_endpoint: `${issuer}/userinfo` };
      return json(response, { ...discovery(issuer), ...userinfo, ...mischief.document });
    }
    if (url.pathname === '/jwks') {
      return json(response, {
        keys: [{ ...own?.publicKey.export({ format: 'jwk' }), kid: 'own', use: 'sig' }],
      });
    }
    if (url.pathname === '/authorize') {
      const code = randomUUID();
      codes.set(code, url.searchParams);
      const target = new URL(url.searchParams.get('redirect_uri') ?? '');
      const state = url.searchParams.get('state') ?? '';
      target.search = new URLSearchParams(mischief.answer ?? { code, state, iss: issuer }).toString();
      return void response.writeHead(302, { location: target.href }).end();
    }
    if (url.pathname === '/userinfo') return json(response, mischief.userinfo);
    if (mischief.token) return mischief.token(response);
    const form = new URLSearchParams(await textOf(request));
    const asked = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const expected = Buffer.from(`${registered.clientId}:${registered.clientSecret}`).toString('base64');
    if (request.headers.authorization !== `Basic ${expected}`)
      return json(response, { error: 'invalid_client' }, 401);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (asked?.get('code_challenge') !== challenge) return json(response, { error: 'invalid_grant' }, 400);
    json(response, {
      token_type: 'Bearer',
      access_token: 'at',
      id_token: idToken(provider, asked.get('nonce')),
    });
  }
  return provider;
}

function discovery(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    authorization_response_iss_parameter_supported: true,
  };
}

function idToken({ issuer, person, mischief }: IdentityProvider, nonce: string | null): string {
  const now = Math.floor(Date.now() / 1_000);
  const token = { iss: issuer, aud: registered.clientId, iat: now, exp: now + 300, nonce };
  const header = { alg: 'RS256', kid: 'own', ...mischief.header };
  const about = mischief.userinfo ? { sub: person.sub } : person;
  const parts = [header, { ...token, ...about, ...mischief.claims }].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const text = parts.join('.');
  return `${text}.${signatureOf(text, mischief.signature)}`;
}

function signatureOf(text: string, by: Mischief['signature']): string {
  if (by === 'none') return '';
  if (by === 'client secret')
    return createHmac('sha256', registered.clientSecret).update(text).digest('base64url');
  const key: KeyObject | undefined = by === 'foreign key' ? foreign?.privateKey : own?.privateKey;
  if (!key) throw new Error('no key');
  return sign('RSA-SHA256', Buffer.from(text), key).toString('base64url');
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
