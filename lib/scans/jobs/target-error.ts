import { portOf } from '@/lib/net/web-address';

/** There was nothing to examine. The message says why and what to do, for people; it is stored with the run. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/** Milliseconds for one request, from the name lookup to the last byte that is read. */
export const requestDeadlineMs = 15_000;

type Words = (host: string, port: number, code: string) => string;

const spelling = 'Check the spelling of the target.';

const words: Readonly<Record<string, Words>> = {
  ERR_ADDRESS_REFUSED: (host) =>
    `${host} is at an address that this installation may not reach. Ask your operator to allow it.`,
  ERR_PORT_REFUSED: (_, port) => `Port ${port} is not one of a web server.`,
  ENOTFOUND: (host) => `There is no ${host}: the name has no address. ${spelling}`,
  ENODATA: (host) => `There is no ${host}: the name has no address. ${spelling}`,
  ECONNREFUSED: (host, port) => `${host} refused the connection on port ${port}. Is the server running?`,
  ERR_DEADLINE: (host) =>
    `${host} took the connection but did not answer within ${requestDeadlineMs / 1_000} seconds.`,
  EPROTO: (_, port) => `Port ${port} answers without TLS. Is it an http address?`,
  ERR_SSL_WRONG_VERSION_NUMBER: (_, port) => `Port ${port} answers without TLS. Is it an http address?`,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: (_, port) => `Port ${port} answers without TLS. Is it an http address?`,
};

const families: readonly [RegExp, Words][] = [
  [/^EAI_/, (host) => `The name ${host} could not be looked up. Start the scan again.`],
  [
    /^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|EHOST|ENET|EADDRNOTAVAIL|EACCES|EPERM)/,
    (host, port) => `${host} did not answer on port ${port}. A firewall may keep this server away from it.`,
  ],
  [
    /^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/,
    (host) => `${host} closed the connection without an answer. Start the scan again.`,
  ],
  [/^(?:HPE_|UND_ERR_HEADERS_OVERFLOW)/, (host, port) => `${host} does not speak HTTP on port ${port}.`],
  [/^ERR_(?:SSL|TLS)_/, (host, _, code) => `The TLS handshake with ${host} failed (${code}).`],
];

/** Why no answer came, by the code of Node, OpenSSL or undici. */
export function targetError(url: URL, code: string, cause: unknown): TargetError {
  const tell =
    words[code] ??
    families.find(([pattern]) => pattern.test(code))?.[1] ??
    ((host: string) => `The connection to ${host} failed (${code}).`);
  return new TargetError(tell(url.hostname, portOf(url), code), { cause });
}
