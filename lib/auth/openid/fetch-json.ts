import { codeOf } from '@/lib/net/error-code';
import { guardedRequest } from '@/lib/net/guarded-request';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import type { Lookup } from '@/lib/net/resolve';

/** Metadata and keys come within this or not at all: a person waits for them. */
export const providerDeadlineMs = 5_000;
/** Real discovery documents and key sets have a few kilobytes. */
export const maxAnswerBytes = 256 * 1024;

export type Net = { readonly policy: NetworkPolicy; readonly lookup?: Lookup };

export type Fetched =
  | { readonly ok: true; readonly value: unknown; readonly date: Date | undefined }
  /** Our words for what happened; nothing that the server said is in them. */
  | { readonly ok: false; readonly problem: string };

/** Fetches a JSON document of an identity provider through the guarded client. Never rejects. */
export async function fetchJson(url: URL, net: Net): Promise<Fetched> {
  try {
    const { status, headers, body, bodyTruncated } = await guardedRequest(url, {
      ...net,
      headers: { accept: 'application/json' },
      deadlineMs: providerDeadlineMs,
      maxBodyBytes: maxAnswerBytes,
    });
    if (status >= 300 && status < 400) {
      return problem('It redirects to another address, which is not followed. Enter the final one.');
    }
    if (status !== 200) return problem(`It answered with status ${status} instead of 200.`);
    if (bodyTruncated) return problem('Its answer is longer than 256 kB.');
    const date = new Date(headers.date ?? '');
    return { ok: true, value: JSON.parse(body), date: Number.isNaN(date.getTime()) ? undefined : date };
  } catch (error) {
    if (error instanceof SyntaxError) return problem('Its answer is not JSON.');
    return problem(networkWords(codeOf(error)));
  }
}

function problem(text: string): Fetched {
  return { ok: false, problem: text };
}

const words: Readonly<Record<string, string>> = {
  ERR_ADDRESS_REFUSED: 'The address is one that this installation does not connect to.',
  ERR_PORT_REFUSED: 'The port is one that this installation does not connect to.',
  ENOTFOUND: 'There is no server of this name. Check the spelling.',
  EAI_AGAIN: 'The name could not be looked up. Try again.',
  ECONNREFUSED: 'The server refused the connection. Check the port.',
  ERR_DEADLINE: 'There was no answer within 5 seconds.',
  UND_ERR_CONNECT_TIMEOUT: 'There was no answer within 5 seconds. A firewall may be in between.',
  CERT_HAS_EXPIRED: 'The certificate of the server has expired.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the server is for another name.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'The server signed its own certificate. Start Tracekeep with NODE_EXTRA_CA_CERTS.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'The certificate comes from a private authority. Start Tracekeep with NODE_EXTRA_CA_CERTS.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The certificate cannot be verified. Start Tracekeep with NODE_EXTRA_CA_CERTS, or let the server send its chain.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'The certificate comes from an unknown authority. Start Tracekeep with NODE_EXTRA_CA_CERTS.',
};

/** What a network error's code means, in one sentence. */
export function networkWords(code: string): string {
  return words[code] ?? `The connection failed (${code}).`;
}
