import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import { z } from 'zod';

/** What a provider is told to say about somebody. */
export type Account = { sub: string; email?: string; email_verified?: boolean; name?: string };

export type OpenIdProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  close(): Promise<void>;
};

const accountSchema = z.looseObject({ sub: z.string() });

/**
 * A certified OpenID provider (oidc-provider) on this machine. Its sign-in page asks for the account's claims as JSON and
 * believes them, so one provider serves any number of tests at once.
 */
export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  const accounts = new Map<string, z.output<typeof accountSchema>>();
  const client = { clientId: 'tracekeep', clientSecret: `canary-${randomUUID()}` };
  const server = createServer((request, response) => void handle(request, response));
  // Another name of this machine than the application's: cookies ignore ports, and a provider is another site.
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${portOf(server.address())}`;
  const provider = new Provider(issuer, {
    ...configuration(client),
    findAccount: (_context, sub) => {
      const claims = accounts.get(sub);
      return claims && { accountId: sub, claims: () => claims };
    },
  });
  // Tests come from stacks on any port, each with connections of its own.
  provider.Client.prototype.redirectUriAllowed = () => true;
  const answer = provider.callback();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response);
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      return void response.end(signInPage);
    }
    const form = new URLSearchParams(await textOf(request));
    const denied = { error: 'access_denied', error_description: form.get('denied') ?? '' };
    if (form.get('denied')) return provider.interactionFinished(request, response, denied);
    const claims = accountSchema.parse(JSON.parse(form.get('claims') ?? ''));
    accounts.set(claims.sub, claims);
    await provider.interactionFinished(request, response, { login: { accountId: claims.sub } });
  }

  const close = async () => {
    server.close().closeAllConnections();
    await once(server, 'close');
  };
  return { issuer, ...client, close };
}

const signInPage = `<!doctype html><html lang="en"><title>Sign in at the provider</title>
<form method="post"><label>Claims <input name="claims"></label> <label>Denied because <input name="denied"></label>
<button>Continue</button></form></html>`;

function configuration({
  clientId,
  clientSecret,
}: {
  clientId: string;
  clientSecret: string;
}): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: ['https://unused.example/callback'],
      },
    ],
    jwks: {
      keys: [{ ...privateKey.export({ format: 'jwk' }), kty: 'RSA', alg: 'RS256', use: 'sig', kid: 'own' }],
    },
    cookies: { keys: [randomUUID()] },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    // Nobody is asked for their consent.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the provider has no port');
  return address.port;
}

/** The variable through which the provider of the whole run (e2e/global-setup.ts) reaches the tests. */
const variable = 'TRACEKEEP_E2E_OPENID';
const sharedSchema = z.object({ issuer: z.string(), clientId: z.string(), clientSecret: z.string() });

export function shareOpenIdProvider({ issuer, clientId, clientSecret }: OpenIdProvider): void {
  process.env[variable] = JSON.stringify({ issuer, clientId, clientSecret });
}

/** The provider of this run: the application's Google, and any organization's own. */
export function sharedOpenIdProvider(): z.output<typeof sharedSchema> {
  return sharedSchema.parse(JSON.parse(process.env[variable] ?? 'null'));
}
