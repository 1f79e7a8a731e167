import type { IncomingMessage } from 'node:http';
import { refuse } from '@/splunk/simulator/answer';
import type { Token, Tokens } from '@/splunk/simulator/tokens';

type Credential = { readonly value: string; readonly from: 'query' | 'header' };

/**
 * The enabled token of a request. The order is Splunk's (hec.md §6.2, stages 8 to 11): a query token wins over
 * the header, is looked up first, and only then refused for being in the query.
 * @throws Refusal with code 2, 3, 4, 16 or 1
 */
export function authorize(request: IncomingMessage, url: URL, tokens: Pick<Tokens, 'find'>): Token {
  const credential = credentialOf(request, url);
  const token = tokens.find(credential.value);
  if (token === undefined) throw refuse(4);
  if (credential.from === 'query' && !token.allowQueryStringAuth) throw refuse(16);
  if (token.disabled) throw refuse(1);
  return token;
}

/**
 * The token a request presents, unchecked.
 * @throws Refusal with code 2 (none) or 3 (unreadable)
 */
export function credentialOf(request: IncomingMessage, url: URL): Credential {
  const query = url.searchParams.get('token');
  if (query) return { value: query, from: 'query' };

  const header = request.headers.authorization?.trim();
  if (!header) throw refuse(2);
  const [scheme = '', ...rest] = header.split(' ');
  const value = secretOf(scheme.toLowerCase(), rest.join(' ').trim());
  if (value === '') throw refuse(3);
  return { value, from: 'header' };
}

function secretOf(scheme: string, credentials: string): string {
  if (scheme === 'splunk') return credentials;
  if (scheme !== 'basic') return '';
  // Basic carries the token as the password; the user name is ignored.
  const [, ...password] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
  return password.join(':');
}
