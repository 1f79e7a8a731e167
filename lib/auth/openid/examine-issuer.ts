import { z } from 'zod';
import {
  clientAuthentications,
  type Endpoints,
  endpointsSchema,
  signingAlgorithms,
} from '@/lib/auth/openid/endpoints';
import { fetchJson, type Net } from '@/lib/auth/openid/fetch-json';
import { fittingAlgorithms } from '@/lib/auth/openid/key-set';
import { parseWebAddress } from '@/lib/net/web-address';

/** One thing that was looked at, in words that may be shown. */
export type IssuerCheck = {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly detail: string;
};

export type IssuerReport = {
  readonly checks: readonly IssuerCheck[];
  /** What sign-ins need, with the issuer as it spells itself; absent when a check failed. */
  readonly provider?: { readonly issuer: string; readonly endpoints: Endpoints };
};

/** Beyond this a token may look expired, or not valid yet. */
const maxClockSkewSeconds = 60;

const texts = z.array(z.string()).optional().catch(undefined);
const text = z.string().optional().catch(undefined);

/** A member of the wrong type counts as missing, so each check can say what it misses. */
const documentSchema = z.object({
  issuer: text,
  authorization_endpoint: text,
  token_endpoint: text,
  jwks_uri: text,
  userinfo_endpoint: text,
  response_types_supported: texts,
  code_challenge_methods_supported: texts,
  id_token_signing_alg_values_supported: texts,
  token_endpoint_auth_methods_supported: texts,
  authorization_response_iss_parameter_supported: z.boolean().optional().catch(undefined),
});
type Document = z.infer<typeof documentSchema>;

/**
 * Fetches the discovery document of an issuer, and its keys, and reports each check. The issuer that the document names
 * must be the one that was asked for (a slash at the end apart), or one provider could speak for another (security.md
 * #106). Connects only through the guarded client; never rejects.
 */
export async function examineIssuer(issuer: string, net: Net): Promise<IssuerReport> {
  const wellKnown = new URL(`${withoutSlash(issuer)}/.well-known/openid-configuration`);
  const fetched = await fetchJson(wellKnown, net);
  if (!fetched.ok) return unreachable(fetched.problem);
  const parsed = documentSchema.safeParse(fetched.value);
  if (!parsed.success) return unreachable('Its answer is no discovery document.');

  const document = parsed.data;
  const endpoints = checkEndpoints(document, net);
  const keys = await checkKeys(document, endpoints.keys, net);
  const authentication = checkClientAuthentication(document);
  const checks = [
    check('Reachable', 'ok', wellKnown.href),
    checkIssuer(document, issuer),
    endpoints.check,
    checkResponseType(document),
    checkPkce(document),
    authentication.check,
    keys.check,
    checkClock(fetched.date),
  ];
  const found = endpointsSchema.safeParse({
    ...endpoints,
    signingAlgorithm: keys.algorithm,
    clientAuthentication: authentication.method,
    namesIssuer: document.authorization_response_iss_parameter_supported ?? false,
  });
  if (!found.success || document.issuer === undefined || checks.some(({ status }) => status === 'failed')) {
    return { checks };
  }
  return { checks, provider: { issuer: document.issuer, endpoints: found.data } };
}

function check(name: string, status: IssuerCheck['status'], detail: string): IssuerCheck {
  return { name, status, detail };
}

function unreachable(problem: string): IssuerReport {
  const others = ['Issuer', 'Endpoints', 'Response type', 'PKCE', 'Client authentication', 'Signing keys'];
  return {
    checks: [
      check('Reachable', 'failed', problem),
      ...others.map((name) => check(name, 'skipped', 'Not looked at.')),
    ],
  };
}

export function withoutSlash(address: string): string {
  return address.replace(/\/$/, '');
}

function checkIssuer({ issuer }: Document, asked: string): IssuerCheck {
  if (issuer === undefined) return check('Issuer', 'failed', 'The document does not name its issuer.');
  if (withoutSlash(issuer) === withoutSlash(asked)) return check('Issuer', 'ok', issuer);
  return check('Issuer', 'failed', `The document is that of another issuer, ${issuer.slice(0, 200)}.`);
}

function checkEndpoints(document: Document, { policy }: Net) {
  const addresses: Partial<Record<'authorization' | 'token' | 'keys' | 'userinfo', string>> = {};
  const problems: string[] = [];
  const names = [
    ['authorization', 'authorization_endpoint'],
    ['token', 'token_endpoint'],
    ['keys', 'jwks_uri'],
    ['userinfo', 'userinfo_endpoint'],
  ] as const;
  for (const [part, name] of names) {
    // This one alone a provider may leave out.
    if (part === 'userinfo' && document[name] === undefined) continue;
    const rules = { what: name, example: 'https://…', policy, queryAllowed: true };
    const parsed = parseWebAddress(document[name] ?? '', rules);
    if (parsed.ok) addresses[part] = parsed.url.href;
    else problems.push(document[name] === undefined ? `${name} is missing` : parsed.message);
  }
  const hosts = new Set(
    Object.values(addresses).flatMap((address) => (address ? [new URL(address).host] : [])),
  );
  return {
    ...addresses,
    check:
      problems.length === 0
        ? check('Endpoints', 'ok', `On ${[...hosts].join(', ')}.`)
        : check('Endpoints', 'failed', `${problems.join('. ')}.`),
  };
}

function checkResponseType({ response_types_supported: types }: Document): IssuerCheck {
  return types?.includes('code')
    ? check('Response type', 'ok', 'The authorization code flow.')
    : check('Response type', 'failed', 'The provider does not offer the authorization code flow (code).');
}

function checkPkce({ code_challenge_methods_supported: methods }: Document): IssuerCheck {
  if (methods === undefined) {
    return check('PKCE', 'warning', 'Not announced. It is used all the same; most providers accept it.');
  }
  return methods.includes('S256')
    ? check('PKCE', 'ok', 'S256.')
    : check('PKCE', 'failed', 'The provider does not offer the method S256.');
}

function checkClientAuthentication(document: Document) {
  // What is not announced is client_secret_basic (OpenID Connect Discovery §3).
  const offered = document.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const method = clientAuthentications.find((name) => offered.includes(name));
  const name = 'Client authentication';
  return {
    method,
    check: method
      ? check(name, 'ok', `${method}.`)
      : check(name, 'failed', `The provider takes neither ${clientAuthentications.join(' nor ')}.`),
  };
}

async function checkKeys(document: Document, address: string | undefined, net: Net) {
  const name = 'Signing keys';
  const failed = (detail: string) => ({ algorithm: undefined, check: check(name, 'failed', detail) });
  const offered = document.id_token_signing_alg_values_supported ?? [];
  const algorithms = signingAlgorithms.filter((algorithm) => offered.includes(algorithm));
  if (algorithms.length === 0) {
    return failed('The provider signs with none of the accepted algorithms (RS256, PS256, ES256, EdDSA, …).');
  }
  if (address === undefined) return failed('Their address is missing.');
  const fetched = await fetchJson(new URL(address), net);
  if (!fetched.ok) return failed(fetched.problem);
  const [algorithm] = fittingAlgorithms(fetched.value, algorithms);
  if (algorithm === undefined) return failed(`None fits ${algorithms.join(', ')}.`);
  return { algorithm, check: check(name, 'ok', `ID tokens must be signed with ${algorithm}.`) };
}

function checkClock(date: Date | undefined): IssuerCheck {
  if (date === undefined) return check('Clock', 'skipped', 'The provider does not say what time it is.');
  const seconds = Math.round(Math.abs(Date.now() - date.getTime()) / 1_000);
  return seconds <= maxClockSkewSeconds
    ? check('Clock', 'ok', 'Agrees with ours.')
    : check('Clock', 'warning', `Differs from ours by ${seconds} seconds; sign-ins may fail. Check both.`);
}
